import { FoldError } from '@ledger/domain';
import type { RecordedEvent } from '@ledger/event-log';
import {
  decodeStoredBody,
  eventDefinitions,
  parseStream,
  readContent,
  type EventType,
  type LedgerEvent,
  type StreamKind,
} from '@ledger/events';
import type { FactRow } from '@ledger/read-store';
import type { DecodedEvent } from '../runtime/decoded-event';

/** The collections of facts: events kept whole, from which register, catalogue and periods are made for any position. */
export type FactCollection =
  'register' | 'catalogue' | 'import' | 'period' | 'adjustment' | 'publication' | 'ledger';

const collections: Partial<Record<StreamKind, FactCollection>> = {
  body: 'register',
  theme: 'catalogue',
  programme: 'catalogue',
  'savings-area': 'catalogue',
  offer: 'catalogue',
  measure: 'catalogue',
  import: 'import',
  period: 'period',
  adjustment: 'adjustment',
  mapping: 'import',
  publication: 'publication',
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

/** What the first event of a stream is: without it the others would say something about nothing. */
const openings: Partial<Record<StreamKind, EventType>> = {
  body: 'BodyRegistered',
  theme: 'ThemeDeclared',
  programme: 'ProgrammeDeclared',
  'savings-area': 'SavingsAreaDeclared',
  offer: 'OfferDeclared',
  measure: 'MeasureDeclared',
  period: 'PeriodClosed',
  adjustment: 'AdjustmentProposed',
};

/** The content that an event holds of others. */
function heldIn(
  event: LedgerEvent,
): readonly { readonly type: string; readonly schemaVersion: number; readonly data: unknown }[] {
  if (event.type === 'BodyFactCorrected') return [{ ...event.data, data: event.data.content }];
  if (event.type === 'AdjustmentProposed') return event.data.writes.flatMap(({ events }) => events);
  return [];
}

/**
 * Facts are put together when a question is asked; what could not be put together then is refused here, so that it is
 * parked and questions go on being answered.
 * @throws FoldError, UnreadableEventError
 */
function checkFact({ position, revision, body, event }: DecodedEvent, kind: StreamKind): void {
  if (!eventDefinitions[event.type].streams.includes(kind))
    throw new FoldError(body.id, `${event.type} does not belong in the stream ${body.stream}`);
  const opening = openings[kind];
  if (revision === 0n && opening !== undefined && event.type !== opening)
    throw new FoldError(body.id, `The stream ${body.stream} begins with ${event.type}, not with ${opening}`);
  for (const { type, schemaVersion, data } of heldIn(event)) readContent(type, schemaVersion, data, position);
}

/** An earlier fact that an event names, and what it must be. */
interface NamedFact {
  readonly eventId: string;
  /** The type it must have; undefined where any will do. */
  readonly type: string | undefined;
}

/** The earlier fact of its own stream that an event corrects or withdraws, if it names any. */
export function factNamedBy({ event }: Pick<DecodedEvent, 'event'>): NamedFact | undefined {
  if (event.type === 'BodyFactCorrected') return { eventId: event.data.corrects, type: event.data.type };
  return event.type === 'BodyFactWithdrawn' ? { eventId: event.data.event, type: undefined } : undefined;
}

/**
 * A correction or withdrawal that names nothing would change nothing, without a word: it is parked instead.
 * @throws FoldError where no earlier event of the stream is the one that is named
 */
export function checkNamedFact(
  { body }: Pick<DecodedEvent, 'body'>,
  { eventId, type }: NamedFact,
  earlierEvents: readonly Pick<RecordedEvent, 'bytes'>[],
): void {
  for (const { bytes } of earlierEvents) {
    const earlier = decodeStoredBody(bytes);
    if (earlier.id === eventId && (type === undefined || earlier.type === type)) return;
  }
  throw new FoldError(
    body.id,
    `${body.type} names ${eventId}, which is no ${type ?? 'fact'} recorded before it in the stream ${body.stream}`,
  );
}

/** The row of a fact, or undefined where an event is none. @throws FoldError, UnreadableEventError */
export function factRow(decoded: DecodedEvent): FactRow | undefined {
  const { position, body, event } = decoded;
  const parsed = parseStream(body.stream);
  const collection = parsed && collections[parsed.kind];
  if (parsed === undefined || collection === undefined) return undefined;
  checkFact(decoded, parsed.kind);
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
