import { DateTime } from 'luxon';

/*
 * London dates are text, `2016-04-01`: they compare as text and need no time zone. Only instants do, and those go
 * through Luxon.
 */

const zone = 'Europe/London';
const day = 86_400_000;
const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a date that exists: 29 February 2019 is none. */
export function isLondonDate(text: string): boolean {
  const parts = shape.exec(text);
  if (parts === null) return false;
  const [, year, month, dayOfMonth] = parts.map(Number);
  return (
    month !== undefined &&
    dayOfMonth !== undefined &&
    month >= 1 &&
    month <= 12 &&
    dayOfMonth >= 1 &&
    dayOfMonth <= daysInMonth(year ?? 0, month)
  );
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const hour = 3_600_000;

/** The last hour of UTC that was asked about: London's days and its changes of the clock begin on one. */
let lastHour = { hour: Number.NaN, date: '' };

/** The London date of an instant (milliseconds since 1970): 31 March 23:30 UTC is already 1 April (D9). */
export function londonDateOf(instantMs: number): string {
  const ofUtc = Math.floor(instantMs / hour);
  if (lastHour.hour !== ofUtc)
    lastHour = { hour: ofUtc, date: DateTime.fromMillis(instantMs, { zone }).toFormat('yyyy-MM-dd') };
  return lastHour.date;
}

/** The UTC instant at which the London day after a date begins, `2017-06-30T23:00:00.000Z` for 30 June 2017. */
export function londonMidnightAfter(date: string): string {
  return londonInstant(addDays(date, 1), 0);
}

/** The UTC instant of a London date at an hour of its day. */
export function londonInstant(date: string, hour: number): string {
  return DateTime.fromISO(date, { zone }).set({ hour }).toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
}

/** The date some days later, or earlier for a negative number. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day);
}

/** A date as people read it: "1 April 2021". */
export function dateInWords(date: string): string {
  return DateTime.fromISO(date, { zone: 'utc' }).setLocale('en-GB').toFormat('d MMMM yyyy');
}
