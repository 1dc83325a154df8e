import type { Occurred } from '@ledger/events';
import type { Random } from './random';

/** The first calendar years of the financial years in which histories happen. */
const firstYears = [2015, 2016, 2017, 2018, 2019, 2020] as const;

/** The financial years in which histories happen, 201516 and on. */
export const historyYears: readonly number[] = firstYears.map((year) => year * 100 + ((year + 1) % 100));

const monthEnds = [
  '01-31',
  '02-28',
  '03-31',
  '04-30',
  '05-31',
  '06-30',
  '07-31',
  '08-31',
  '09-30',
  '10-31',
  '11-30',
  '12-31',
];

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** A day of a financial year; often one beside the turn of the year. */
export function someDay(random: Random): string {
  const year = random.pick(firstYears);
  return random.weighted<() => string>([
    [
      6,
      () =>
        `${random.between(year, year + 1)}-${twoDigits(random.between(1, 12))}-${twoDigits(random.between(1, 28))}`,
    ],
    [1, () => `${year}-04-01`],
    [1, () => `${year + 1}-03-31`],
  ])();
}

function someMonth(random: Random): { from: string; to: string } {
  const year = random.pick(firstYears);
  const end = random.pick(monthEnds);
  return { from: `${year}-${end.slice(0, 2)}-01`, to: `${year}-${end}` };
}

function across31March(random: Random): { from: string; to: string } {
  const year = random.pick(firstYears) + 1;
  return {
    from: `${year}-03-${twoDigits(random.between(10, 31))}`,
    to: `${year}-04-${twoDigits(random.between(1, 20))}`,
  };
}

function wholeYears(random: Random, years: number): { from: string; to: string } {
  const year = random.pick(firstYears);
  return { from: `${year}-04-01`, to: `${year + years}-03-31` };
}

/** When something happened: a day, a month, a year as reported, across the turn of the year, or over two years. */
export function someSpan(random: Random): Occurred {
  return random.weighted<() => Occurred>([
    [
      40,
      () => {
        const day = someDay(random);
        return { from: day, to: day, basis: 'stated' };
      },
    ],
    [20, () => ({ ...someMonth(random), basis: 'stated' })],
    [25, () => ({ ...wholeYears(random, 1), basis: 'report-year' })],
    [10, () => ({ ...across31March(random), basis: 'stated' })],
    [5, () => ({ ...wholeYears(random, 2), basis: 'stated' })],
  ])();
}

/** A financial year. */
export function someYear(random: Random): number {
  return random.pick(historyYears);
}
