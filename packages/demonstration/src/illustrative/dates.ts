import { addDays, daysBetween, quarterOfSpan, quarterSpan, type DateSpan } from '@ledger/calendar';
import type { Occurred } from '@ledger/events';
import type { SeededRandom } from './random';
import type { Quarter } from './sample-record';

/** The only year there is an illustration of. */
export const illustratedYear = 201617;
export const yearStart = '2016-04-01';
export const yearEnd = '2017-03-31';
/** The councils elected on 5 May 2016 changed control that day. */
export const lastDayOfOldControl = '2016-05-04';
export const firstDayOfNewControl = '2016-05-05';

/** Days on which nothing is done: bank holidays, and Christmas with the days around it. */
const holidays: readonly DateSpan[] = [
  { from: '2016-05-02', to: '2016-05-02' },
  { from: '2016-05-30', to: '2016-05-30' },
  { from: '2016-08-29', to: '2016-08-29' },
  { from: '2016-12-21', to: '2017-01-03' },
];
const aMonday = '2016-03-28';

function isWorkingDay(date: string): boolean {
  return daysBetween(aMonday, date) % 7 < 5 && !holidays.some(({ from, to }) => from <= date && date <= to);
}

const days: readonly string[] = Array.from({ length: daysBetween(yearStart, yearEnd) + 1 }, (_, at) =>
  addDays(yearStart, at),
);
const workingDays = days.filter(isWorkingDay);
const months: readonly DateSpan[] = [...new Set(days.map((day) => day.slice(0, 7)))].map((month) => {
  const ofMonth = days.filter((day) => day.startsWith(month));
  return { from: ofMonth[0] ?? yearStart, to: ofMonth.at(-1) ?? yearEnd };
});

/** The import a record belongs to, by the last day it can have happened on. */
export function quarterOf({ to }: DateSpan): Quarter {
  // A single day always lies in a quarter, and there are four.
  return (quarterOfSpan({ from: to, to }) ?? 4) as Quarter;
}

/** Working days in a row, in one week and one quarter, within a window; fewer than asked for at a week's end. */
export function workingSpan(
  random: SeededRandom,
  longest: number,
  window: DateSpan = { from: yearStart, to: yearEnd },
): Occurred {
  const within = workingDays.filter((day) => window.from <= day && day <= window.to);
  const from = random.pick(within);
  let to = from;
  for (let length = 1; length < longest; length++) {
    const next = addDays(to, 1);
    if (!within.includes(next) || quarterOf({ from: next, to: next }) !== quarterOf({ from, to: from }))
      break;
    to = next;
  }
  return { from, to, basis: 'stated' };
}

/** Some weeks from one working day to another, in one quarter. */
export function weeksInQuarter(random: SeededRandom, weeks: number): Occurred {
  const quarter = quarterSpan(illustratedYear, random.between(1, 4));
  const { from } = workingSpan(random, 1, { from: quarter.from, to: addDays(quarter.to, -7 * weeks) });
  const to = addDays(from, 7 * weeks);
  return { from, to: isWorkingDay(to) ? to : from, basis: 'stated' };
}

/** A month: all that is known of when it happened. */
export function someMonth(random: SeededRandom): Occurred {
  return { ...random.pick(months), basis: 'stated' };
}

/** The whole year: the record has nothing but the report's year. */
export const wholeYear: Occurred = { from: yearStart, to: yearEnd, basis: 'report-year' };

/** When something happened: mostly known to the day, now and then to the month, seldom only to the year. */
export function someTime(random: SeededRandom, longest: number): Occurred {
  const draw = random.below(100);
  if (draw < 3) return wholeYear;
  return draw < 15 ? someMonth(random) : workingSpan(random, longest);
}
