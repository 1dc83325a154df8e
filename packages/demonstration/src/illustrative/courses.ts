import type { Occurred, Party } from '@ledger/events';
import { quarterSpan } from '@ledger/calendar';
import { illustratedYear, someMonth, weeksInQuarter, wholeYear, workingSpan } from './dates';
import type { SeededRandom } from './random';

export type LeadershipOffer = 'leadership-academy' | 'leadership-essentials' | 'next-generation';

/** One run of a course: everybody on it has its dates. */
export interface Course {
  readonly offer: LeadershipOffer;
  readonly course: string;
  readonly occurred: Occurred;
  /** The party whose councillors it is for. */
  readonly party?: Party;
}

/** The parties that have a course of Next Generation. */
const nextGenerationParties = ['Conservative', 'Labour', 'Liberal Democrat', 'Independent'] as const;

const subjects = [
  'Finance',
  'Scrutiny',
  'Planning',
  "Children's services",
  'Health and wellbeing',
  'Communications',
  'Leading without a majority',
] as const;

/** The year's courses. Next Generation runs over two quarters, so its quarter is not known. */
export function coursesOf(random: SeededRandom): Course[] {
  const [autumn, winter] = [quarterSpan(illustratedYear, 3), quarterSpan(illustratedYear, 4)];
  const nextGeneration = nextGenerationParties.map((party): Course => {
    const { from } = workingSpan(random, 1, { from: autumn.from, to: '2016-11-15' });
    const { to } = workingSpan(random, 1, { from: '2017-01-16', to: winter.to });
    return {
      offer: 'next-generation',
      course: `Next Generation, ${party} councillors`,
      occurred: { from, to, basis: 'stated' },
      party,
    };
  });
  const academy = Array.from({ length: 14 }, (_, at): Course => ({
    offer: 'leadership-academy',
    course: `Leadership Academy, programme ${at + 1} of 2016/17`,
    occurred: weeksInQuarter(random, 5),
  }));
  const essentials = Array.from({ length: 28 }, (_, at): Course => {
    const subject = subjects[at % subjects.length] ?? subjects[0];
    const day = (): Occurred => workingSpan(random, 2);
    return {
      offer: 'leadership-essentials',
      course: `Leadership Essentials: ${subject}, course ${Math.floor(at / subjects.length) + 1}`,
      // Of three courses only the month is known, of one only the year.
      occurred: at === 0 ? wholeYear : at < 4 ? someMonth(random) : day(),
    };
  });
  return [...nextGeneration, ...academy, ...essentials];
}

/** Whether nobody could have been on both. */
export function clash(one: Course, other: Course): boolean {
  return one.occurred.from <= other.occurred.to && other.occurred.from <= one.occurred.to;
}
