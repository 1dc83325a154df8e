import { financialYearOf } from '@ledger/calendar';

const epoch = Date.UTC(2000, 0, 1);
const day = 86_400_000;

/** Days from 1 January 2000 to a London date. */
export function dayNumber(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - epoch) / day);
}

/** The London date of a day number. */
function dateOfDay(number: number): string {
  return new Date(epoch + number * day).toISOString().slice(0, 10);
}

/** More days than fifty years have. */
const keptDays = 20_000;

/** The number of a day, and its financial year. */
export interface KnownDay {
  readonly day: number;
  readonly year: number;
}

/** Day numbers and financial years of dates, and back: few dates come again and again. */
export class KnownDays {
  readonly #days = new Map<string, KnownDay>();
  readonly #dates = new Map<number, string>();

  /** @throws RangeError for a text that is no date */
  of(date: string): KnownDay {
    let known = this.#days.get(date);
    if (known === undefined) {
      if (this.#days.size >= keptDays) this.#days.clear();
      const day = dayNumber(date);
      if (Number.isNaN(day)) throw new RangeError(`${date} is no date`);
      known = { day, year: financialYearOf(date) };
      this.#days.set(date, known);
    }
    return known;
  }

  date(number: number): string {
    let known = this.#dates.get(number);
    if (known === undefined) {
      if (this.#dates.size >= keptDays) this.#dates.clear();
      known = dateOfDay(number);
      this.#dates.set(number, known);
    }
    return known;
  }
}
