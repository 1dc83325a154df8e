import {
  financialYearLabel,
  financialYearOf,
  financialYearSpan,
  parseFinancialYear,
  quarterSpan,
} from './financial-year';
import { addDays, dateInWords } from './london-date';

/** When something happened, as people write it: inclusive dates, and whether only the year is known. */
export interface WrittenSpan {
  readonly from: string;
  readonly to: string;
  /** `report-year` where only a financial year was written. */
  readonly basis: 'stated' | 'report-year';
}

/** A text that is no date or span, with what to write instead. */
export interface UnreadableSpan {
  readonly problem: string;
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const examples = 'write it as 4 September 2018, 4 to 7 September 2018, June 2018 or 2018/19';

/** A day as written: parts that a later part of the span gives are missing. */
interface DayParts {
  readonly day?: number;
  readonly month?: number;
  readonly year?: number;
}

function monthOf(word: string): number | undefined {
  if (word.length < 3) return undefined;
  const at = months.findIndex((month) => month.startsWith(word.replace(/^sept$/, 'sep')));
  return at === -1 ? undefined : at + 1;
}

/** Two digits are of this century up to 68, as in most systems; the ledger's own years are all of it. */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year <= 68 ? 2000 + year : 1900 + year;
}

const weekday = /^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?$/;

/** "4", "4 September", "4 September 2018", "September 2018", "4/9/2018", "2018-09-04"; undefined for anything else. */
function parseDay(text: string): DayParts | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  // Numbers are read the British way: day, month, year.
  const numbers = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(text);
  if (numbers !== null)
    return { day: Number(numbers[1]), month: Number(numbers[2]), year: yearOf(numbers[3] ?? '') };
  const parts: { day?: number; month?: number; year?: number } = {};
  for (const word of text.split(/[\s,]+/).filter((part) => part !== '' && !weekday.test(part))) {
    const day = /^(\d{1,2})(st|nd|rd|th)?$/.exec(word);
    const month = monthOf(word.replace(/\.$/, ''));
    if (day !== null && parts.day === undefined && parts.month === undefined) parts.day = Number(day[1]);
    else if (month !== undefined && parts.month === undefined) parts.month = month;
    else if (/^('?\d{2}|\d{4})$/.test(word) && parts.month !== undefined && parts.year === undefined)
      parts.year = yearOf(word.replace("'", ''));
    else return undefined;
  }
  return parts.day === undefined && parts.month === undefined ? undefined : parts;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** A date as it was written: whether it is in the calendar is for the rules to say. */
function dateText({ year, month, day }: Required<DayParts>): string {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

function lastOfMonth(year: number, month: number): string {
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return addDays(dateText({ ...next, day: 1 }), -1);
}

function quoted(text: string): string {
  return `“${text.slice(0, 60)}”`;
}

function problem(said: string): UnreadableSpan {
  return { problem: said };
}

function complete(from: DayParts, to: DayParts, text: string): WrittenSpan | UnreadableSpan {
  const year = to.year ?? from.year;
  const month = to.month ?? from.month;
  if (month === undefined || year === undefined)
    return problem(`${quoted(text)} says no ${month === undefined ? 'month' : 'year'}; ${examples}`);
  const begins = { year: from.year ?? year, month: from.month ?? month };
  const bad = [begins.month, month].find((one) => one < 1 || one > 12);
  const badDay = [from.day, to.day].find((day) => day !== undefined && (day < 1 || day > 31));
  if (bad !== undefined)
    return problem(`${quoted(text)} has ${bad} for a month; a date is day, month, year: 31/12/2018`);
  if (badDay !== undefined)
    return problem(`${quoted(text)} has ${badDay} for a day; a date is day, month, year: 31/12/2018`);
  return {
    from: dateText({ ...begins, day: from.day ?? 1 }),
    to: to.day === undefined ? lastOfMonth(year, month) : dateText({ year, month, day: to.day }),
    basis: 'stated',
  };
}

function parseQuarter(text: string): WrittenSpan | undefined {
  const found = /^(?:q|quarter )([1-4]),?\s+(?:of\s+)?(\d{4}[/–-]?\d{2})$/.exec(text);
  const year = parseFinancialYear(found?.[2] ?? '');
  if (found === null || year === undefined) return undefined;
  return { ...quarterSpan(year, Number(found[1])), basis: 'stated' };
}

/**
 * Reads when something happened: "4 September 2018", "4 to 7 September 2018", "30 June to 2 July 2018", "June 2018",
 * "w/c 4 June 2018", "4/9/2018" (the British way), "2018-09-04", "Q2 2018/19", "2018/19". A day that is not in the
 * calendar, and an end before the beginning, are kept as written: the rules of recording say what is wrong with them.
 */
export function parseSpanText(written: string): WrittenSpan | UnreadableSpan {
  const text = written.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (text === '') return problem(`is empty; ${examples}`);
  const reportYear = text.endsWith(' (report year)');
  const plain = reportYear ? text.slice(0, -' (report year)'.length) : text;
  const year = parseFinancialYear(plain);
  if (year !== undefined) return { ...financialYearSpan(year), basis: 'report-year' };
  const span = parsePlain(plain, written.trim());
  return reportYear && 'from' in span ? { ...span, basis: 'report-year' } : span;
}

/** @param written the text as it was written, for what is wrong with it */
function parsePlain(text: string, written: string): WrittenSpan | UnreadableSpan {
  const quarter = parseQuarter(text);
  if (quarter !== undefined) return quarter;
  const week = /^(?:w\/c|week commencing|week beginning|week of) (.+)$/.exec(text)?.[1];
  if (week !== undefined) {
    const day = parsePlain(week, written);
    return 'from' in day && day.from === day.to ? { ...day, to: addDays(day.from, 6) } : day;
  }
  const single = parseDay(text);
  if (single !== undefined) return complete(single, single, written);
  // Hyphens also stand inside dates: only one that parts two readable halves is a "to".
  for (const between of text.matchAll(/ to | until | – | - |–|-/g)) {
    const from = parseDay(text.slice(0, between.index).replace(/^from /, ''));
    const to = parseDay(text.slice(between.index + between[0].length));
    if (from !== undefined && to !== undefined) return complete(from, to, written);
  }
  return problem(`${quoted(written)} is no date; ${examples}`);
}

/** A span as people write it; reading it again gives the same span. */
export function spanInWords({ from, to, basis }: WrittenSpan): string {
  const year = financialYearOf(to);
  const span = financialYearSpan(year);
  const wholeYear = span.from === from && span.to === to;
  if (basis === 'report-year')
    return wholeYear ? financialYearLabel(year) : `${plainSpan(from, to)} (report year)`;
  return plainSpan(from, to);
}

function plainSpan(from: string, to: string): string {
  if (from === to) return dateInWords(from);
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  const [day = '', month = '', year = ''] = dateInWords(to).split(' ');
  if (sameMonth && from.endsWith('-01') && to === lastOfMonth(Number(year), Number(to.slice(5, 7))))
    return `${month} ${year}`;
  if (sameMonth) return `${Number(from.slice(8))} to ${day} ${month} ${year}`;
  if (from.slice(0, 4) === to.slice(0, 4))
    return `${dateInWords(from).split(' ').slice(0, 2).join(' ')} to ${dateInWords(to)}`;
  return `${dateInWords(from)} to ${dateInWords(to)}`;
}
