import { EventLogError } from '../errors';
import type { RecordedEvent } from '../port';
import { loadClient, type Connection } from './connection';
import { prefixesOf } from './own-events';
import type { PositionIndex } from './position-index';
import { refused, sortOf, unreachable } from './server-errors';
import { subscribed } from './subscribed';

/** How long a read may bring nothing before it is begun again, and how often it is begun in a row. */
interface ReadPatience {
  readonly idleMs: number;
  readonly attempts: number;
}

const usualPatience: ReadPatience = { idleMs: 5000, attempts: 4 };

/** Reads stretches of the log that the index knows: from KurrentDB, in order, each event once. */
export class Reader {
  constructor(
    readonly connection: Connection,
    readonly prefix: string,
    readonly index: PositionIndex,
    readonly patience = usualPatience,
  ) {}

  /** The events after a position, up to another. @throws EventLogError LOG_UNREACHABLE, LOG_REFUSED, LOG_CORRUPT */
  async *positions(after: bigint, upTo: bigint): AsyncGenerator<RecordedEvent> {
    let position = after;
    const { streamNameFilter } = await loadClient();
    yield* this.#resuming(
      () => position >= upTo,
      async function* (reader: Reader) {
        const from = reader.index.at(position)?.address;
        const filter = streamNameFilter({ prefixes: [...prefixesOf(reader.prefix)], checkpointInterval: 32 });
        const events = subscribed(
          reader.connection,
          (client) => client.subscribeToAll({ ...(from !== undefined && { fromPosition: from }), filter }),
          reader.prefix,
          reader.patience.idleMs,
        );
        for await (const seen of events) {
          if (!('bytes' in seen) || seen.bytes === undefined) continue;
          const { stream, revision, bytes } = seen;
          reader.#mustBe(position + 1n, stream, revision);
          position += 1n;
          yield { position, revision, stream, bytes };
          if (position >= upTo) return;
        }
      },
    );
  }

  #mustBe(position: bigint, stream: string, revision: bigint): void {
    const known = this.index.at(position);
    if (known?.stream === stream && known.revision === revision) return;
    throw new EventLogError(
      'LOG_CORRUPT',
      `KurrentDB has revision ${revision} of ${stream} where revision ${known?.revision} of ${known?.stream} was seen before, at position ${position}. The database was changed or restored: open the log again, without its index.`,
    );
  }

  /** The events of a stream from a revision on, up to and with another. @throws as `positions` does */
  async *stream(stream: string, from: bigint, upTo: bigint): AsyncGenerator<RecordedEvent> {
    let next = from;
    yield* this.#resuming(
      () => next > upTo,
      async function* (reader: Reader) {
        const events = subscribed(
          reader.connection,
          (client) =>
            client.subscribeToStream(`${reader.prefix}.${stream}`, {
              ...(next > 0n && { fromRevision: next - 1n }),
            }),
          reader.prefix,
          reader.patience.idleMs,
        );
        for await (const seen of events) {
          if (!('bytes' in seen)) continue;
          next = seen.revision + 1n;
          const position = reader.index.positionOf(stream, seen.revision);
          if (position !== undefined && seen.bytes !== undefined)
            yield { position, revision: seen.revision, stream, bytes: seen.bytes };
          if (next > upTo) return;
        }
      },
    );
  }

  /** Reads until all is read, beginning again where it broke off; gives up where that brings nothing. */
  async *#resuming(
    done: () => boolean,
    read: (reader: Reader) => AsyncGenerator<RecordedEvent>,
  ): AsyncGenerator<RecordedEvent> {
    let attempts = 0;
    while (!done()) {
      try {
        for await (const event of read(this)) {
          attempts = 0;
          yield event;
        }
      } catch (error) {
        if (error instanceof EventLogError) throw error;
        if (sortOf(error) === 'refused') throw refused(error);
        if (++attempts >= this.patience.attempts) throw unreachable('Nothing was changed; ask again.', error);
        await new Promise<void>((resolve) => void setTimeout(resolve, 100 * 2 ** attempts));
      }
    }
  }
}
