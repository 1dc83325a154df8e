/*
 * Dates are texts of the form 2016-04-01, which stand in the order of time. A financial year is a number: 201617
 * runs from 1 April 2016 to 31 March 2017.
 */

/** The first day of a financial year, or of the one some years before it. */
export function firstDayOf(year: number, yearsBefore = 0): string {
  return `${String(Math.floor(year / 100) - yearsBefore).padStart(4, '0')}-04-01`;
}

export function lastDayOf(year: number): string {
  return `${String(Math.floor(year / 100) + 1).padStart(4, '0')}-03-31`;
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function written(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function dayBefore(date: string): string {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  if (day > 1) return written(year, month, day - 1);
  if (month === 1) return written(year - 1, 12, 31);
  const last = month === 3 && isLeapYear(year) ? 29 : (daysOfMonth[month - 2] ?? 0);
  return written(year, month - 1, last);
}

/** Inclusive days. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export function daysOf(year: number): Days {
  return { from: firstDayOf(year), to: lastDayOf(year) };
}

/** The quarter of a day: April to June is the first. */
function quarterOf(date: string): number {
  return [4, 1, 2, 3][Math.floor((Number(date.slice(5, 7)) - 1) / 3)] ?? 0;
}

/** The days of a quarter of a financial year. */
export function daysOfQuarter(year: number, quarter: number): Days {
  const first = Math.floor(year / 100) + (quarter === 4 ? 1 : 0);
  const month = quarter === 4 ? 1 : quarter * 3 + 1;
  const next = month + 3 > 12 ? written(first + 1, 1, 1) : written(first, month + 3, 1);
  return { from: written(first, month, 1), to: dayBefore(next) };
}

/** Whether days of one financial year lie in one quarter of it. */
export function inOneQuarter({ from, to }: Days): boolean {
  return quarterOf(from) === quarterOf(to);
}
