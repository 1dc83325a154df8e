import { grouped } from '@ledger/domain';
import { decodeStoredBody, readEvent, streamOf, type EventData } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { refused } from './faults';

/** An event that an import recorded, without its content: an import may be of a hundred thousand. */
export interface ImportedEvent {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  /** The row it came from; rows count on through the sheets of a file. */
  readonly row: number;
}

/** How far an import has come, by its own stream. */
export interface ImportState {
  readonly accepted: bigint;
  /** How many events it recorded; undefined where it did not come to its end. */
  readonly events: number | undefined;
  readonly completed: bigint | undefined;
  /** Taking it back began. */
  readonly reversal:
    { readonly position: bigint; readonly data: EventData<'ImportReversalAccepted'> } | undefined;
  readonly reversedAt: bigint | undefined;
  /** Of the last event of its stream. */
  readonly revision: bigint;
}

/** Reads how far an import has come. @throws DecisionRefused where there is none of the id */
export async function importState(log: EventLog, id: string): Promise<ImportState> {
  let state: ImportState | undefined;
  for await (const { bytes, position, revision } of log.readStream(streamOf('import', id))) {
    const event = readEvent(decodeStoredBody(bytes), position);
    if (event.type === 'ImportAccepted')
      state = {
        accepted: position,
        events: undefined,
        completed: undefined,
        reversal: undefined,
        reversedAt: undefined,
        revision,
      };
    else if (state === undefined) continue;
    else if (event.type === 'ImportCompleted')
      state = { ...state, events: event.data.events, completed: position, revision };
    else if (event.type === 'ImportReversalAccepted')
      state = { ...state, reversal: { position, data: event.data }, revision };
    else if (event.type === 'ImportReversed') state = { ...state, reversedAt: position, revision };
  }
  if (state === undefined) throw refused('import-exists', 'id', `there is no import with the id ${id}`);
  return state;
}

/** Reads the events an import recorded, found from its own stream on; of one that broke off, those it came to. */
export async function* readImported(
  log: EventLog,
  id: string,
  state: ImportState,
): AsyncGenerator<ImportedEvent> {
  const end = state.reversal?.position ?? state.reversedAt;
  let found = 0;
  if (state.events === 0) return;
  for await (const { bytes, position, revision } of log.readAll({ from: state.accepted })) {
    if (state.events === undefined && end !== undefined && position >= end) return;
    const body = decodeStoredBody(bytes);
    if (body.import?.id !== id) continue;
    yield { position, stream: body.stream, revision, id: body.id, type: body.type, row: body.import.row };
    found += 1;
    if (found === state.events) return;
  }
}

/** The events an import recorded, all of them. */
export async function eventsOfImport(
  log: EventLog,
  id: string,
  state: ImportState,
): Promise<ImportedEvent[]> {
  const found: ImportedEvent[] = [];
  for await (const event of readImported(log, id, state)) found.push(event);
  return found;
}

/** The events of an import by the stream they are in, each in its order. */
export function byStream(events: readonly ImportedEvent[]): ReadonlyMap<string, readonly ImportedEvent[]> {
  return grouped(events, ({ stream }) => stream);
}
