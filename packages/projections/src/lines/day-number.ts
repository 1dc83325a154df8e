const epoch = Date.UTC(2000, 0, 1);
const day = 86_400_000;

/** Days from 1 January 2000 to a London date. */
export function dayNumber(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - epoch) / day);
}

/** The London date of a day number. */
export function dateOfDay(number: number): string {
  return new Date(epoch + number * day).toISOString().slice(0, 10);
}
