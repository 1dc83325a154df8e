import { asObject, textAt, wholeAt, UnexpectedJsonError } from './json';

/** One event as the ledger exports it: a line of NDJSON, the stored body with its place in the log. */
export interface ExportedEvent {
  /** Place in the whole log, from 1, as decimal digits. */
  readonly position: string;
  /** Place in its stream, from 0, as decimal digits. */
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly stream: string;
  /** UTC, `2016-04-01T08:00:00.000Z`. */
  readonly recordedAt: string;
  readonly data: unknown;
}

function parseLine(text: string): ExportedEvent {
  const event = asObject(JSON.parse(text), 'A line of the export');
  return {
    position: textAt(event, 'position'),
    revision: textAt(event, 'revision'),
    id: textAt(event, 'id'),
    type: textAt(event, 'type'),
    schemaVersion: wholeAt(event, 'schemaVersion'),
    stream: textAt(event, 'stream'),
    recordedAt: textAt(event, 'recordedAt'),
    data: event.data,
  };
}

/**
 * The events up to and including a position, in the order of their positions. Empty lines are passed over.
 * @throws UnexpectedJsonError for a line that is no event, or a position that is there twice
 */
export function eventsUpTo(source: Iterable<string | ExportedEvent>, position: bigint): ExportedEvent[] {
  const byPosition = new Map<bigint, ExportedEvent>();
  for (const item of source) {
    if (typeof item === 'string' && item.trim() === '') continue;
    const event = typeof item === 'string' ? parseLine(item) : item;
    const at = BigInt(event.position);
    if (at > position) continue;
    if (byPosition.has(at)) throw new UnexpectedJsonError(`Position ${at}`, 'in the export once');
    byPosition.set(at, event);
  }
  return [...byPosition].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);
}
