import { addDays, daysBetween, type DateSpan } from '@ledger/calendar';
import type { Occurred } from '@ledger/events';
import type { SeededRandom } from '../random';

export const year = 201920;
export const yearStart = '2019-04-01';
export const halfYearEnd = '2019-09-30';
const secondHalfStart = '2019-10-01';
export const yearEnd = '2020-03-31';
export const firstHalf: DateSpan = { from: yearStart, to: halfYearEnd };
export const secondHalf: DateSpan = { from: secondHalfStart, to: yearEnd };
/** The elections of 2 May 2019, and the days by which the councils had met. */
export const beforeElections = '2019-05-01';
export const afterElections = '2019-06-30';

/** Days on which nothing is done: bank holidays, and Christmas with the days around it. */
const holidays: readonly DateSpan[] = [
  { from: '2019-04-19', to: '2019-04-22' },
  { from: '2019-05-06', to: '2019-05-06' },
  { from: '2019-05-27', to: '2019-05-27' },
  { from: '2019-08-26', to: '2019-08-26' },
  { from: '2019-12-21', to: '2020-01-02' },
];
const aMonday = '2019-04-01';

function isWorkingDay(day: string): boolean {
  return daysBetween(aMonday, day) % 7 < 5 && !holidays.some(({ from, to }) => from <= day && day <= to);
}

const workingDays = Array.from({ length: daysBetween(yearStart, yearEnd) + 1 }, (_, at) =>
  addDays(yearStart, at),
).filter(isWorkingDay);

/** Working days in a row, all of them within the days given; fewer than asked for before a day off. */
export function workingSpan(random: SeededRandom, longest: number, { from, to }: DateSpan): Occurred {
  const within = workingDays.filter((day) => from <= day && day <= to);
  const first = random.pick(within);
  let last = first;
  for (let length = 1; length < longest; length++) {
    const next = addDays(last, 1);
    if (!within.includes(next)) break;
    last = next;
  }
  return { from: first, to: last, basis: 'stated' };
}

/** The whole year: the record has nothing but the report's year. */
export const wholeYear: Occurred = { from: yearStart, to: yearEnd, basis: 'report-year' };

/** From one half of the year into the other: in the year, and in no one quarter of it. */
export function acrossHalfYear(random: SeededRandom): Occurred {
  const { from } = workingSpan(random, 1, { from: '2019-09-16', to: halfYearEnd });
  const { to } = workingSpan(random, 1, { from: secondHalfStart, to: '2019-10-18' });
  return { from, to, basis: 'stated' };
}
