import { isLondonDate } from './london-date';

/*
 * A financial year runs from 1 April to 31 March, Europe/London (D9). In data it is a number, 201617; in text
 * 2016/17.
 */

/** Inclusive London dates. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

function startingIn(year: number): number {
  return year * 100 + ((year + 1) % 100);
}

function firstCalendarYear(financialYear: number): number {
  return Math.floor(financialYear / 100);
}

/** The financial year a date lies in: 201617 for 1 April 2016. */
export function financialYearOf(date: string): number {
  const year = Number(date.slice(0, 4));
  return startingIn(date.slice(5) >= '04-01' ? year : year - 1);
}

/** 201617 → "2016/17". */
export function financialYearLabel(financialYear: number): string {
  return `${firstCalendarYear(financialYear)}/${String(financialYear % 100).padStart(2, '0')}`;
}

/** Reads "2016/17", "2016-17", "2016–17" or "201617"; undefined where the halves are not consecutive years. */
export function parseFinancialYear(text: string): number | undefined {
  const parts = /^(\d{4})[/–-]?(\d{2})$/.exec(text.trim());
  if (parts === null) return undefined;
  const first = Number(parts[1]);
  return (first + 1) % 100 === Number(parts[2]) ? startingIn(first) : undefined;
}

/** Whether the number is a financial year: 201617 is, 201618 is not. */
export function isFinancialYear(financialYear: number): boolean {
  return startingIn(firstCalendarYear(financialYear)) === financialYear;
}

export function financialYearSpan(financialYear: number): DateSpan {
  const first = firstCalendarYear(financialYear);
  return { from: `${pad(first)}-04-01`, to: `${pad(first + 1)}-03-31` };
}

function pad(year: number): string {
  return String(year).padStart(4, '0');
}

export function nextFinancialYear(financialYear: number): number {
  return startingIn(firstCalendarYear(financialYear) + 1);
}

export function previousFinancialYear(financialYear: number): number {
  return startingIn(firstCalendarYear(financialYear) - 1);
}

const quarters = [
  ['04-01', '06-30'],
  ['07-01', '09-30'],
  ['10-01', '12-31'],
  ['01-01', '03-31'],
] as const;

/** Quarter 1 is April to June. @throws RangeError for other than 1 to 4 */
export function quarterSpan(financialYear: number, quarter: number): DateSpan {
  const ends = quarters[quarter - 1];
  if (ends === undefined) throw new RangeError(`${quarter} is no quarter; quarters are 1 to 4`);
  const year = pad(firstCalendarYear(financialYear) + (quarter === 4 ? 1 : 0));
  return { from: `${year}-${ends[0]}`, to: `${year}-${ends[1]}` };
}

/** The financial year of a span, known when both ends lie in it; otherwise null (design section 4). */
export function yearOfSpan({ from, to }: DateSpan): number | null {
  const year = financialYearOf(from);
  return financialYearOf(to) === year ? year : null;
}

/** The quarter of a span, known when both ends lie in it; otherwise null. */
export function quarterOfSpan(span: DateSpan): number | null {
  const year = yearOfSpan(span);
  if (year === null) return null;
  const quarter = [1, 2, 3, 4].find((number) => {
    const { from, to } = quarterSpan(year, number);
    return span.from >= from && span.to <= to;
  });
  return quarter ?? null;
}

/** The financial years a span touches, in order. */
export function yearsTouched({ from, to }: DateSpan): number[] {
  const years: number[] = [];
  const last = financialYearOf(to);
  for (let year = financialYearOf(from); year <= last; year = nextFinancialYear(year)) years.push(year);
  return years;
}

/** The day of another financial year that stands where a day stands in its own; 29 February becomes 28 February. */
export function sameDayOf(financialYear: number, date: string): string {
  const year = firstCalendarYear(financialYear) + (date.slice(5) >= '04-01' ? 0 : 1);
  const day = `${pad(year)}${date.slice(4)}`;
  return date.endsWith('-02-29') && !isLondonDate(day) ? `${pad(year)}-02-28` : day;
}
