import { financialYearLabel, nearestSpans, parseFinancialYear, parseSpanText } from '@ledger/calendar';
import { editDistance } from '@ledger/councils';
import { poundsText } from '@ledger/domain';
import { readPounds, readWhole } from '../forms/amount-text';
import type { FieldKind } from '../forms/form-fields';

/*
 * What somebody may have meant who wrote what cannot be read, or cannot be. At most two answers, both as near; none where
 * that would be a guess. They are for somebody to choose, and never taken by themselves.
 */

const most = 2;
const none: readonly string[] = [];

/** The amount of a text, as it is best written; nothing where it is none, or is below nothing. */
function amountOf(text: string): readonly string[] {
  const pence = readPounds(text);
  return pence === undefined || pence < 0 ? none : [/[km]$/.test(text) ? text : poundsText(pence)];
}

/** What an amount in pounds may have meant. */
export function nearestAmounts(written: string): readonly string[] {
  const text = written
    .toLowerCase()
    .replaceAll(/[£\s]|gbp|pounds?$/g, '')
    .replace(/millions?$|mn$/, 'm')
    .replace(/thousands?$/, 'k');
  if (/^(nil|none|zero)$/.test(text)) return ['0'];
  const billions = /^(\d+(?:\.\d+)?)(?:bn|billion)$/.exec(text)?.[1];
  if (billions !== undefined) return amountOf(`${Number(billions) * 1000}m`);
  // In brackets, or with a sign, what is spent: written without, where only what is given is asked for.
  const positive = text.replace(/^\((.+)\)$/, '$1').replace(/^[-−–](?=\d)/, '');
  const plain = amountOf(positive);
  if (plain.length > 0) return plain;
  if (/^\d*o[\do,]*$/.test(positive) && /\d/.test(positive)) return amountOf(positive.replaceAll('o', '0'));
  // Of two points one is too many.
  const [, first = '', second = '', third = ''] = /^(\d+)\.(\d+)\.(\d{1,2})$/.exec(positive) ?? [];
  if (second.length === 3) return amountOf(`${first}${second}.${third}`);
  const either = [`${first}.${second}${third}`, `${first}${second}.${third}`].flatMap(amountOf);
  if (first !== '') return either.length === most ? either : none;
  const [, whole = '', hundredths = '', rest = ''] = /^([\d,]+)\.(\d{2})(\d+)$/.exec(positive) ?? [];
  if (/[1-9]/.test(rest)) {
    const below = readPounds(`${whole}.${hundredths}`);
    return below === undefined ? none : [poundsText(below), poundsText(below + 1)];
  }
  return rest === '' ? none : amountOf(`${whole}.${hundredths}`);
}

function nearestWholes(written: string): readonly string[] {
  const digits = /^(\d[\d,]*)(?:\.(\d+))?(?: \p{L}+)?$/u.exec(written.trim());
  const whole = readWhole(digits?.[1] ?? '');
  if (whole === undefined) return none;
  return /[1-9]/.test(digits?.[2] ?? '') ? [String(whole), String(whole + 1)] : [String(whole)];
}

function nearestYears(written: string): readonly string[] {
  const years = nearestSpans(written).filter((text) => parseFinancialYear(text) !== undefined);
  const span = parseSpanText(written);
  // A day or a month lies in one year.
  return years.length > 0 || !('from' in span) ? years : yearsOf(span.from, span.to);
}

function yearsOf(from: string, to: string): readonly string[] {
  const year = (day: string): number => {
    const first = Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0);
    return first * 100 + ((first + 1) % 100);
  };
  return year(from) === year(to) ? [financialYearLabel(year(from))] : none;
}

/** The decimal number that was written with a comma, or with its sign or unit after it. */
function nearestDecimals(written: string): readonly string[] {
  const [, whole, decimals] = /^(\d+)(?:[.,](\d{1,2}))?(?: ?(?:%|\p{L}+))?$/u.exec(written.trim()) ?? [];
  return whole === undefined ? none : [decimals === undefined ? whole : `${whole}.${decimals}`];
}

const unreadable: ReadonlySet<string> = new Set(['unreadable', 'date-exists', 'from-not-after-to']);

/**
 * What a cell may have meant.
 * @param code what was found about it
 * @param kind what is asked for there
 * @param counts what its numbers count, where that is not pounds
 */
export function nearestAnswers(
  code: string,
  text: string,
  kind: FieldKind,
  counts: 'pounds' | 'thousands' | 'millions' | undefined,
): readonly string[] {
  if (code === 'too-small' && kind === 'pounds' && /^\s*[(−–-]/.test(text)) return nearestAmounts(text);
  if (code === 'invalid-format') return nearestDecimals(text);
  if (!unreadable.has(code)) return none;
  switch (kind) {
    case 'span':
      return nearestSpans(text);
    case 'date':
      return nearestSpans(text).filter((near) => {
        const span = parseSpanText(near);
        return 'from' in span && span.from === span.to;
      });
    case 'pounds':
      // Where thousands are counted it is not known what somebody meant who named pounds.
      return counts === undefined || counts === 'pounds' || !/£|gbp|pound/i.test(text)
        ? nearestAmounts(text)
        : none;
    case 'whole':
      return nearestWholes(text);
    case 'hundredths':
      return nearestDecimals(text);
    case 'year':
      return nearestYears(text);
    default:
      return none;
  }
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The choices that a text may have meant: what it shortens, is a part of, or misspells. */
export function nearestChoices(written: string, options: readonly string[]): readonly string[] {
  const text = folded(written);
  if (text === '' && /^\s*%\s*$/.test(written)) return options.filter((option) => option === 'percent');
  if (text.length < 2) return none;
  const words = text.split(' ');
  const near = [
    (option: string) => option.startsWith(text) || text.startsWith(option),
    (option: string) => words.every((word) => option.split(' ').some((own) => own.startsWith(word))),
    (option: string) => editDistance(text, option, option.length / 4) <= option.length / 4,
  ];
  for (const is of near) {
    const found = options.filter((option) => is(folded(option)));
    if (found.length > 0) return found.length <= most ? found : none;
  }
  return none;
}

/** How many of the words of two names are the same, or nearly, as a share of the longer: 0 to 1. */
export function shareOfWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const taken = new Set<string>();
  let shared = 0;
  for (const word of one) {
    const exact = other.has(word) && !taken.has(word);
    const same = exact ? word : nearWordOf(other, word, taken);
    if (same === undefined) continue;
    taken.add(same);
    shared += exact ? 1 : 0.9;
  }
  return shared === 0 ? 0 : shared / Math.max(one.size, other.size);
}

function nearWordOf(
  words: ReadonlySet<string>,
  word: string,
  taken: ReadonlySet<string>,
): string | undefined {
  for (const own of words) if (!taken.has(own) && isNearWord(word, own)) return own;
  return undefined;
}

/** One letter in four may be wrong. */
function isNearWord(one: string, other: string): boolean {
  const limit = Math.floor(Math.min(one.length, other.length) / 4);
  return limit > 0 && editDistance(one, other, limit) <= limit;
}
