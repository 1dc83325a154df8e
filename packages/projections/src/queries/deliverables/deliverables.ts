import { financialYearLabel, quarterSpan } from '@ledger/calendar';
import {
  definitionOf,
  deliverableOf,
  progressOf,
  ratingOn,
  type Deliverable,
  type RagDefinition,
} from '@ledger/domain';
import { Rag } from '@ledger/events';
import type { AskedAt, DeliverableRow, Deliverables, RagCounts, RuleCited } from '../answers';
import type { Asking, Ground } from '../asking';
import { dayOfYear } from '../day-of-year';
import { foldEvents, readEvents } from '../log-streams';
import { pathWith } from '../showing';

const rule: RuleCited = {
  id: 'rating-on-a-day/1',
  words:
    'A deliverable counts with the last rating as at the day asked about or before it, as it was recorded by the position.',
};

interface Found {
  readonly id: string;
  readonly illustrative: boolean;
  readonly deliverable: Deliverable;
}

/** The deliverables of a year, each read from its own stream; there are some dozens. */
async function ofYear(asking: Asking, ground: Ground, year: number): Promise<Found[]> {
  const records = await asking.records.find(
    { kind: 'deliverable', keys: [{ name: 'year', value: String(year) }], words: [] },
    ground.upTo,
  );
  const found = await Promise.all(
    records.below(Infinity, records.size).map(async (ordinal) => {
      const [first] = await asking.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
      const thing = first && foldEvents(await readEvents(asking.log, first.stream, ground.upTo));
      const deliverable = thing && deliverableOf(thing);
      return thing === undefined || deliverable === undefined
        ? []
        : [{ id: thing.id, illustrative: thing.illustrative, deliverable }];
    }),
  );
  return found.flat().reverse();
}

function counts(found: readonly Found[], asAt: string): RagCounts {
  const made = { asAt, total: found.length, green: 0, amber: 0, red: 0, notRated: 0 };
  for (const { deliverable } of found) made[ratingOn(deliverable, asAt)?.rag ?? 'notRated'] += 1;
  return made;
}

function row({ id, illustrative, deliverable }: Found, asAt: string): DeliverableRow {
  const { title, offer = null, target } = deliverable.agreed;
  const rating = ratingOn(deliverable, asAt);
  return {
    id,
    title,
    offer,
    target,
    rag: rating?.rag ?? null,
    ratedAsAt: rating?.asAt ?? null,
    progress: progressOf(deliverable, rating),
    definition: definitionOf(deliverable, rating),
    illustrative,
  };
}

/** The definitions of the ratings that count, the one used most first. */
function definitionsOf(
  rows: readonly DeliverableRow[],
): (RagDefinition & { readonly deliverables: number })[] {
  const used = new Map<string, RagDefinition & { deliverables: number }>();
  for (const { rag, definition } of rows) {
    if (rag === null) continue;
    const key = JSON.stringify(definition);
    const known = used.get(key);
    if (known === undefined) used.set(key, { ...definition, deliverables: 1 });
    else known.deliverables += 1;
  }
  return [...used.values()].sort((a, b) => b.deliverables - a.deliverables);
}

/** The deliverables of a financial year as at a day of it: how they were rated, and what the ratings meant (S5). */
export async function deliverables(
  asking: Asking,
  question: { readonly year: number; readonly asAt?: string; readonly at?: AskedAt },
): Promise<Deliverables> {
  const { year } = question;
  const asAt = dayOfYear(year, question.asAt);
  const ground = await asking.ground(question.at);
  const found = await ofYear(asking, ground, year);
  const rows = found.map((one) => row(one, asAt));
  const explain = (measure: string): string =>
    pathWith('/api/explain', {
      ask: 'annual-total',
      measure,
      year: financialYearLabel(year),
      asAt,
      asRecordedBy: ground.answered.asRecordedBy ?? undefined,
    });
  const quarters = [1, 2, 3, 4].map((quarter) => ({ quarter, asAt: quarterSpan(year, quarter).to }));
  return {
    ...ground.answered,
    illustrative: found.some(({ illustrative }) => illustrative),
    year: financialYearLabel(year),
    rule,
    ...counts(found, asAt),
    explain: {
      total: explain('deliverables'),
      green: explain(`deliverables-${Rag.enum.green}`),
      amber: explain(`deliverables-${Rag.enum.amber}`),
      red: explain(`deliverables-${Rag.enum.red}`),
    },
    definitions: definitionsOf(rows),
    quarters: quarters
      .filter((quarter) => quarter.asAt <= asAt)
      .map(({ quarter, asAt: end }) => ({ quarter, ...counts(found, end) })),
    rows,
  };
}
