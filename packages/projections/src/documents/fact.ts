import { parseStream, type LedgerEvent, type StreamKind } from '@ledger/events';
import type { FactRow } from '@ledger/read-store';
import type { DecodedEvent } from '../runtime/decoded-event';

/** The collections of facts: events kept whole, from which register and catalogue are made for any position. */
export type FactCollection = 'register' | 'catalogue' | 'import' | 'ledger';

const collections: Partial<Record<StreamKind, FactCollection>> = {
  body: 'register',
  theme: 'catalogue',
  programme: 'catalogue',
  'savings-area': 'catalogue',
  offer: 'catalogue',
  measure: 'catalogue',
  import: 'import',
  ledger: 'ledger',
};

/** One fact about the thing of a stream. */
export interface Fact {
  readonly position: bigint;
  readonly eventId: string;
  /** The id in the stream's name: a body id, an offer's slug … */
  readonly id: string;
  readonly recordedAt: string;
  readonly event: LedgerEvent;
}

/** The row of a fact, or undefined where an event is none. */
export function factRow({ position, body, event }: DecodedEvent): FactRow | undefined {
  const parsed = parseStream(body.stream);
  const collection = parsed && collections[parsed.kind];
  if (parsed === undefined || collection === undefined) return undefined;
  return {
    collection,
    id: body.id,
    position: Number(position),
    body: JSON.stringify([parsed.id, body.recordedAt, event.type, event.data]),
  };
}

export function parseFact(row: FactRow): Fact {
  // Bodies of these collections are only ever made above, from events that were read and validated.
  const [id, recordedAt, type, data] = JSON.parse(row.body) as [string, string, string, unknown];
  return {
    position: BigInt(row.position),
    eventId: row.id,
    id,
    recordedAt,
    event: { type, data } as LedgerEvent,
  };
}
