import { financialYearLabel } from './financial-year';
import { addDays, dateInWords, isLondonDate } from './london-date';
import { parseSpanText, spanInWords, type WrittenSpan } from './span-text';

/** So many answers at most: of more, none is the nearest. */
const most = 2;

/** The last day of the month that a date names and the first of the next, where the day itself is too high by a few. */
export function nearestDays(date: string): readonly string[] {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const first = `${year}-${month}-01`;
  if (!isLondonDate(first) || Number(day) < 29 || Number(day) > 31) return [];
  const next =
    Number(month) === 12
      ? `${Number(year) + 1}-01-01`
      : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  return [addDays(next, -1), next];
}

function exists({ from, to }: WrittenSpan): boolean {
  return isLondonDate(from) && isLondonDate(to) && from <= to;
}

/** The span of a text, in words; nothing where it is none that exists. */
function spanOf(text: string): readonly string[] {
  const span = parseSpanText(text);
  return 'from' in span && exists(span) ? [spanInWords(span)] : [];
}

/** A span that can be read, with a day that is not in the calendar or an end before its beginning. */
function nearestTo(span: WrittenSpan): readonly string[] {
  const { from, to, basis } = span;
  if (exists(span)) return [];
  if (isLondonDate(from) && isLondonDate(to)) return [spanInWords({ from: to, to: from, basis })];
  const ends = (day: string): readonly string[] => (isLondonDate(day) ? [day] : nearestDays(day));
  const spans =
    from === to
      ? nearestDays(from).map((day) => ({ from: day, to: day, basis }))
      : ends(from).flatMap((first) => ends(to).map((last) => ({ from: first, to: last, basis })));
  return spans.filter(exists).map(spanInWords);
}

function yearFrom(year: number): string {
  return financialYearLabel(year * 100 + ((year + 1) % 100));
}

const sureYears = (year: number): boolean => year >= 1950 && year <= 2068;

/** A calendar year may be either of the two financial years that it has a part of. */
function eitherYear(year: number): readonly string[] {
  return sureYears(year) ? [yearFrom(year - 1), yearFrom(year)] : [];
}

/** Ways of writing that are no date here, each with what it may have meant. */
const writings: readonly {
  readonly as: RegExp;
  readonly meant: (...parts: readonly string[]) => readonly string[];
}[] = [
  // There is no month 13, so month and day stand the other way round.
  {
    as: /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/,
    meant: (month = '', day = '', year = '') => (Number(day) > 12 ? spanOf(`${day}/${month}/${year}`) : []),
  },
  {
    as: /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
    meant: (year = '', day = '', month = '') => (Number(day) > 12 ? spanOf(`${day}/${month}/${year}`) : []),
  },
  {
    as: /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/,
    meant: (year = '', month = '', day = '') => spanOf(`${day}/${month}/${year}`),
  },
  {
    as: /^(\d{4})(\d{2})(\d{2})$/,
    meant: (year = '', month = '', day = '') => spanOf(`${day}/${month}/${year}`),
  },
  {
    as: /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/,
    meant: (month = '', day = '', year = '') => spanOf(`${day} ${month} ${year}`),
  },
  { as: /^(\d{4})$/, meant: (year) => eitherYear(Number(year)) },
  { as: /^fy ?(\d{4})$/, meant: (year) => eitherYear(Number(year)) },
  { as: /^fy ?(\d{2})$/, meant: (year) => eitherYear(2000 + Number(year)) },
  {
    as: /^(?:fy ?)?(\d{2})[/–-](\d{2})$/,
    meant: (year = '', next = '') => spanOf(`20${year}/${next}`),
  },
  {
    as: /^(?:q|quarter )([1-4]),? (?:fy ?)?(\d{2})[/–-](\d{2})$/,
    meant: (quarter = '', year = '', next = '') => spanOf(`Q${quarter} 20${year}/${next}`),
  },
  {
    as: /^(\d{4})[/–-](\d{2})$/,
    meant: (year = '', next = '') =>
      sureYears(Number(year))
        ? [yearFrom(Number(year)), yearFrom(Math.floor(Number(year) / 100) * 100 + Number(next) - 1)]
        : [],
  },
];

/** What people write around a date that says nothing about which it is. */
const around =
  /^(?:on|from|c\.?|ca\.?|circa|approx\.?|about|around|early|mid|late)[ -]+|[?*.]+$|,? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?$|\bof\b|\([^)]*\)$/g;

const months = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]+/g;

/**
 * What a text that is no day or span, or one that does not exist, may have meant: the nearest one, or the nearest two
 * where both are as near, as people write them. It is for somebody to choose, and never taken by itself.
 */
export function nearestSpans(written: string): readonly string[] {
  const text = written.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const span = parseSpanText(text);
  if ('from' in span) return nearestTo(span);
  const plain = text.replaceAll(around, ' ').replaceAll(/\s+/g, ' ').trim();
  const spelt = plain.replaceAll(months, '$1');
  const asWritten = writings.flatMap(({ as, meant }) => {
    const parts = as.exec(plain);
    return parts === null ? [] : meant(...parts.slice(1));
  });
  const found = [...spanOf(plain), ...spanOf(spelt), ...asWritten];
  return [...new Set(found)].slice(0, most);
}

/** Days in words, with an "or" between: for what is said of one that does not exist. */
export function daysInWords(days: readonly string[]): string {
  return days.map(dateInWords).join(' or ');
}
