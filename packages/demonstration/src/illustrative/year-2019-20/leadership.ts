import { addDays } from '@ledger/calendar';
import type { EventData, Occurred } from '@ledger/events';
import { quarterOf } from '../dates';
import { partyOf } from '../people';
import type { SeededRandom } from '../random';
import { firstHalf, halfYearEnd, secondHalf, wholeYear, workingSpan, yearStart } from './dates';
import type { Record201920 } from './record';
import type { Setting201920 } from './setting';

/** By 30 September 953 councillors had booked, and 202 had taken part; 958 took part in the year, 70 in Next Generation. */
const bookedByHalf = 953;
const attendedByHalf = 202;
const attendedInYear = 958;
const nextGeneration = 70;
/** Of those booked by the half-year, who did not come: they gave up, or just stayed away. */
const gaveUp = 15;
const missed = 25;
/** Of those who came later, of how many only the year is known. */
const datedToYear = 12;

interface Course {
  readonly offer: string;
  readonly course: string;
  readonly occurred: Occurred;
}

type PlaceData = EventData<'PlaceBooked'>;
type Outcome = 'attended' | 'given up' | 'missed';

interface Place {
  readonly course: Course;
  readonly booked: Occurred;
  readonly outcome: Outcome;
}

const subjects = ['Finance', 'Scrutiny', 'Planning', "Children's services", 'Climate', 'Digital'] as const;

function coursesIn(random: SeededRandom, half: typeof firstHalf, name: string): Course[] {
  return Array.from({ length: 24 }, (_, at) => ({
    offer: at % 3 === 0 ? 'leadership-academy' : 'leadership-essentials',
    course: `${subjects[at % subjects.length] ?? subjects[0]}, course ${at + 1} of the ${name} half of 2019/20`,
    // Nobody can have booked a course before the first day of the year.
    occurred: workingSpan(random, 2, { ...half, from: half.from === yearStart ? '2019-04-23' : half.from }),
  }));
}

/** Next Generation runs from autumn to spring: in the year, and in no one quarter of it. */
const nextGenerationCourse: Course = {
  offer: 'next-generation',
  course: 'Next Generation 2019/20',
  occurred: { from: '2019-11-08', to: '2020-02-21', basis: 'stated' },
};
const undated: Course = {
  offer: 'leadership-essentials',
  course: 'Leadership Essentials, day not recorded',
  occurred: wholeYear,
};

function dayIn(random: SeededRandom, from: string, to: string): Occurred {
  return workingSpan(random, 1, { from, to });
}

/** The place of the councillor who is so many-eth: each has one. */
function placesOf(random: SeededRandom): Place[] {
  const early = coursesIn(random, firstHalf, 'first');
  const late = coursesIn(random, secondHalf, 'second');
  const bookedEarly = (course: Course): Occurred => {
    const before = course.occurred.from < halfYearEnd ? addDays(course.occurred.from, -1) : halfYearEnd;
    return dayIn(random, yearStart, before);
  };
  const lateCourse = (at: number): Course => {
    if (at < nextGeneration) return nextGenerationCourse;
    return at < nextGeneration + datedToYear ? undated : random.pick(late);
  };
  const cameEarly = Array.from({ length: attendedByHalf }, (): Place => {
    const course = random.pick(early);
    return { course, booked: bookedEarly(course), outcome: 'attended' };
  });
  const waiting = Array.from({ length: bookedByHalf - attendedByHalf }, (_, at): Place => {
    const out = at - (bookedByHalf - attendedByHalf - gaveUp - missed);
    const course = out < 0 ? lateCourse(at) : random.pick(late);
    const outcome = out < 0 ? 'attended' : out < gaveUp ? 'given up' : 'missed';
    return { course, booked: dayIn(random, yearStart, halfYearEnd), outcome };
  });
  const came = attendedByHalf + waiting.length - gaveUp - missed;
  const cameLate = Array.from({ length: attendedInYear - came }, (): Place => {
    const course = random.pick(late.filter(({ occurred }) => occurred.from > '2019-10-07'));
    const booked = dayIn(random, secondHalf.from, addDays(course.occurred.from, -1));
    return { course, booked, outcome: 'attended' };
  });
  return [...cameEarly, ...waiting, ...cameLate];
}

/** What was recorded of a place: the booking, then what became of it. */
export function leadership({ councils, randomFor, idOf }: Setting201920): Record201920[] {
  const random = randomFor('leadership');
  return placesOf(random).flatMap(({ course, booked, outcome }, at) => {
    const council = random.pick(councils);
    const activity = idOf('place', at);
    const place = {
      offer: course.offer,
      person: idOf('councillor', at),
      body: council.bodyId,
      course: course.course,
      party: partyOf(random, council),
    };
    const step = (
      type: 'PlaceBooked' | 'PlaceGivenUp' | 'CouncillorTrained' | 'CourseCompleted',
      occurred: Occurred,
    ): Record201920 => {
      const data: PlaceData = { ...place, occurred };
      return { quarter: quarterOf(occurred), type, activity, data };
    };
    const records = [step('PlaceBooked', booked)];
    if (outcome === 'given up') {
      const day = addDays(course.occurred.from, -1);
      records.push(step('PlaceGivenUp', { from: day, to: day, basis: 'stated' }));
    }
    if (outcome !== 'attended') return records;
    records.push(step('CouncillorTrained', course.occurred));
    if (random.chance(60)) records.push(step('CourseCompleted', course.occurred));
    return records;
  });
}
