import { addDays, financialYearLabel, financialYearOf } from '@ledger/calendar';

/*
 * Days are whole numbers from the first day of the data set: eleven financial years of what happened, 2015/16 to
 * 2025/26, and the months after them in which the last of it is recorded.
 */

/** The day before which nothing begins. */
const firstDate = '2015-04-01';
/** What is begun by this day ends within the eleven years. */
export const lastBeginning = 3927;
/** 31 March 2026. */
export const lastContentDay = 4017;
/** 30 September 2026. */
export const lastRecordingDay = 4200;

const before = 500;
const texts = Array.from({ length: before + lastRecordingDay + 100 }, (_, at) =>
  addDays(firstDate, at - before),
);

/** The London date of a day, from 500 days before the first. @throws RangeError outside the data set's time */
export function dateOf(day: number): string {
  const text = texts[day + before];
  if (text === undefined) throw new RangeError(`Day ${day} lies outside the time of the data set`);
  return text;
}

/** The day, or the Monday after it: nobody records on Saturdays and Sundays. */
export function workingDay(day: number): number {
  // The first day is a Wednesday.
  const weekday = (((day + 2) % 7) + 7) % 7;
  return weekday < 5 ? day : day + 7 - weekday;
}

/** The working day of recording, not before another and never after the end of the data set. */
export function recordedOn(day: number, notBefore: number): number {
  return workingDay(Math.max(notBefore, Math.min(day, lastRecordingDay)));
}

export function yearOf(day: number): number {
  return financialYearOf(dateOf(day));
}

export function yearLabelOf(day: number): string {
  return financialYearLabel(yearOf(day));
}

/** The day of a date. */
export function dayOf(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${firstDate}T00:00:00Z`)) / 86_400_000);
}
