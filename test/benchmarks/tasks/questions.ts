import { financialYearSpan, londonInstant } from '@ledger/calendar';
import type { EventLog } from '@ledger/event-log';
import {
  seesEverything,
  type AskedAt,
  type ExplainQuestion,
  type LedgerQueries,
  type TakeUpBy,
  type TakeUpQuestion,
} from '@ledger/projections';
import type { Random } from '../../histories/random';

/** The years that the data set has whole: 2015/16 to 2025/26. */
const years = Array.from({ length: 11 }, (_, at) => (2015 + at) * 100 + ((16 + at) % 100));

/** The questions of the table, asked as services ask them, about years and groups drawn at random. */
export type Question = (
  queries: LedgerQueries,
  random: Random,
  year: number,
  at?: AskedAt,
) => Promise<unknown>;

const takeUpMeasures = ['peer-challenges', 'councils-supported', 'councillors-trained', 'support-activities'];
const takeUpOffers = [
  'productivity-experts',
  'corporate-peer-challenge',
  'leadership-academy',
  'digital-support',
];
/** All councillors of a year who took part, and those of single offers. */
const distinctPersonsOf: readonly TakeUpQuestion['of'][] = [
  { measure: 'councillors-trained' },
  { measure: 'councillors-trained' },
  { offer: 'leadership-academy' },
  { programme: 'leadership-programmes' },
];
const groupings: readonly TakeUpBy[] = ['type', 'region', 'control'];

const asked = (at: AskedAt | undefined): { at?: AskedAt } => (at === undefined ? {} : { at });

const explained: readonly ((year: number) => ExplainQuestion)[] = [
  (year) => ({ viewer: seesEverything, ask: 'annual-total', measure: 'attendances', year }),
  (year) => ({ viewer: seesEverything, ask: 'annual-total', measure: 'support-activities', year }),
  (year) => ({ viewer: seesEverything, ask: 'annual-total', measure: 'councillors-trained', year }),
  (year) => ({ viewer: seesEverything, ask: 'annual-total', measure: 'peer-days', year }),
  (year) => ({ viewer: seesEverything, ask: 'savings', year }),
  (year) => ({
    viewer: seesEverything,
    ask: 'take-up',
    of: { offer: 'productivity-experts' },
    by: 'type',
    group: 'unitary',
    year,
  }),
];

export const questions = {
  'annual-totals': (queries, _random, year, at) => queries.annualTotals({ year, ...asked(at) }),
  'take-up': (queries, random, year, at) =>
    queries.takeUp({
      viewer: seesEverything,
      of: random.percent(50)
        ? { measure: random.pick(takeUpMeasures) }
        : { offer: random.pick(takeUpOffers) },
      by: random.pick(groupings),
      year,
      ...asked(at),
    }),
  savings: (queries, _random, year, at) => queries.savings({ year, ...asked(at) }),
  'distinct-persons': (queries, random, year, at) =>
    queries.takeUp({
      viewer: seesEverything,
      of: random.pick(distinctPersonsOf),
      by: 'party',
      year,
      ...asked(at),
    }),
  explain: (queries, random, year, at) =>
    queries.explain({ ...random.pick(explained)(year), limit: 50, ...asked(at) }),
} as const satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof questions;

/** Those that are also asked as recorded by an earlier position. */
export const asRecordedBy = ['annual-totals', 'take-up', 'savings', 'distinct-persons'] as const;

export function someYear(random: Random): number {
  return random.pick(years);
}

/** A position from the first day of a year to the head, drawn at random. */
export class EarlierPositions {
  readonly #first = new Map<number, bigint>();

  constructor(readonly log: EventLog) {}

  async of(year: number, random: Random): Promise<bigint> {
    let first = this.#first.get(year);
    if (first === undefined) {
      first = await this.log.positionAt(londonInstant(financialYearSpan(year).from, 0));
      this.#first.set(year, first);
    }
    const { position: head } = await this.log.head();
    return first + BigInt(random.below(Number(head - first) + 1));
  }
}
