import type { Kept, Proposed } from './kept';
import type { TransactionFile } from './transaction-file';

/*
 * What a node of KurrentDB keeps, and its rules for writes, as far as the ledger meets them. Each rule cites where it
 * was read, in the server's sources as published on GitHub (kurrent-io/KurrentDB, EventStore/EventStore); nothing is
 * copied from there. Where it is not known how the real one behaves, this one refuses.
 */

/** Expected versions that are no revision. Source: ExpectedVersion, and ExpectedRevisionConstants of streams.proto (v2). */
export const anyVersion = -2;
export const noStream = -1;
export const streamExists = -4;

/** The revision of a stream that was deleted for ever. Source: EventNumber.DeletedStream (long.MaxValue). */
const tombstoned = Number.MAX_SAFE_INTEGER;

/** Ids that a write at ANY is compared with. Source: ESConsts.CommittedEventsMemCacheLimit: a cache, not an index. */
const idsRemembered = 1000;

/** What a write does with one stream. */
export interface StreamPart {
  readonly stream: string;
  readonly expected: number;
}

export interface Written {
  /** Of each stream, in order, the revision of its last event of this write; of one only checked, its last revision. */
  readonly last: readonly number[];
  readonly position: number;
}

export interface Failure {
  readonly stream: string;
  readonly expected: number;
  /** -1 where there is no such stream. */
  readonly actual: number;
}

export type WriteOutcome =
  | { readonly result: 'written' | 'repeated'; readonly written: Written }
  | { readonly result: 'conflict'; readonly failures: readonly Failure[] }
  | { readonly result: 'deleted'; readonly stream: string };

type Check =
  | { readonly decision: 'ok' }
  | { readonly decision: 'repeated'; readonly last: number; readonly position: number }
  | { readonly decision: 'wrong' | 'corrupt' | 'deleted' };

export class StrictStore {
  readonly #all: Kept[] = [];
  readonly #streams = new Map<string, Kept[]>();
  readonly #recentIds = new Map<string, Kept>();
  readonly #listening = new Set<() => void>();
  /** Of streams that were deleted softly, the revision before which nothing is read. */
  readonly #readableFrom = new Map<string, number>();
  #end = 0;

  constructor(readonly file: TransactionFile) {
    for (const transaction of file.read()) this.#keep(transaction);
    // A real $all begins with events of the server's own.
    if (this.#all.length === 0)
      for (const type of ['$settings', '$UserCreated']) this.systemEvent('$bootstrap', type);
  }

  /** Everything, in the order of $all. */
  get all(): readonly Kept[] {
    return this.#all;
  }

  /** The events of a stream that can be read; undefined where there is no such stream. */
  stream(name: string): readonly Kept[] | undefined {
    const from = this.#readableFrom.get(name) ?? 0;
    const readable = this.#streams.get(name)?.slice(from);
    return readable === undefined || readable.length === 0 ? undefined : readable;
  }

  /** Source: IndexReader: a stream whose metadata hide all that is in it, and that has not been written since. */
  #isSoftDeleted(name: string): boolean {
    return (this.#streams.get(name)?.length ?? 0) > 0 && this.stream(name) === undefined;
  }

  /** The last revision of a stream, -1 where there is none. Source: ReadIndex.GetStreamLastEventNumber. */
  lastRevision(name: string): number {
    const last = this.#streams.get(name)?.at(-1);
    if (last === undefined) return noStream;
    return last.type === '$streamDeleted' ? tombstoned : last.revision;
  }

  onGrowth(listener: () => void): () => void {
    this.#listening.add(listener);
    return () => this.#listening.delete(listener);
  }

  /** Something of the server's own, such as its statistics: what is in $all and no user wrote. */
  systemEvent(stream: string, type: string): void {
    const id = `00000000-0000-4000-8000-${String(this.#all.length).padStart(12, '0')}`;
    const proposed = { id, type, isJson: true, data: Buffer.from('{}'), metadata: new Uint8Array() };
    this.#commit([{ stream, event: proposed }]);
  }

  /**
   * Writes to one or several streams, all or nothing. Events are in the order in which they enter $all.
   * Source: StorageWriterService.VerifyCommitChecks: all fine → written; all repeated → the first result; a mixture
   * is a conflict.
   */
  write(
    parts: readonly StreamPart[],
    events: readonly { readonly part: number; readonly event: Proposed }[],
  ): WriteOutcome {
    const checks = parts.map((part, at) =>
      this.#check(
        part,
        events.filter((one) => one.part === at).map(({ event }) => event.id),
      ),
    );
    const deleted = checks.findIndex(({ decision }) => decision === 'deleted');
    if (deleted >= 0) return { result: 'deleted', stream: parts[deleted]?.stream ?? '' };
    if (checks.some(({ decision }) => decision === 'wrong' || decision === 'corrupt'))
      return { result: 'conflict', failures: this.#failures(parts, checks) };
    const repeated = checks.filter(({ decision }) => decision === 'repeated').length;
    if (repeated === checks.length) return { result: 'repeated', written: this.#former(parts, checks) };
    // Also where the others are only checked: a repeat of a write with checks is no success.
    if (repeated > 0) return { result: 'conflict', failures: [] };
    const position = this.#commit(
      events.map(({ part, event }) => ({ stream: parts[part]?.stream ?? '', event })),
    );
    return {
      result: 'written',
      written: { last: parts.map(({ stream }) => this.lastRevision(stream)), position },
    };
  }

  #failures(parts: readonly StreamPart[], checks: readonly Check[]): Failure[] {
    return parts.flatMap(({ stream, expected }, at) =>
      checks[at]?.decision === 'wrong' || checks[at]?.decision === 'corrupt'
        ? [{ stream, expected, actual: this.lastRevision(stream) }]
        : [],
    );
  }

  #former(parts: readonly StreamPart[], checks: readonly Check[]): Written {
    const last = parts.map(({ stream }, at) => {
      const check = checks[at];
      return check?.decision === 'repeated' ? check.last : this.lastRevision(stream);
    });
    const positions = checks.map((check) => (check.decision === 'repeated' ? check.position : -1));
    return { last, position: Math.max(...positions) };
  }

  /** Source: IndexWriter.CheckCommit. */
  #check({ stream, expected }: StreamPart, ids: readonly string[]): Check {
    const current = this.lastRevision(stream);
    // Nothing is ever written again to a stream that was deleted for ever, whatever is expected of it.
    if (current === tombstoned) return { decision: 'deleted' };
    if (expected === streamExists && (current < 0 || this.#isSoftDeleted(stream)))
      return { decision: 'wrong' };
    if (ids.length === 0) {
      const holds = expected === anyVersion || expected === streamExists || expected === current;
      return { decision: holds ? 'ok' : 'wrong' };
    }
    // At ANY, and where the stream need only exist, ids are looked up in a cache: weak idempotency.
    if (expected === anyVersion || expected === streamExists) return this.#inCache(stream, ids);
    if (expected > current) return { decision: 'wrong' };
    if (expected === current) return { decision: 'ok' };
    return this.#before(stream, expected, ids);
  }

  #inCache(stream: string, ids: readonly string[]): Check {
    const found = ids.map((id) => this.#recentIds.get(id));
    const known = found.filter((kept) => kept?.stream === stream).length;
    const last = found.at(-1);
    if (known === ids.length && last !== undefined)
      return { decision: 'repeated', last: last.revision, position: last.position };
    return { decision: found[0]?.stream === stream ? 'corrupt' : 'ok' };
  }

  /** A write before the end of a stream repeats what is there, id by id, or is wrong: strong idempotency. */
  #before(stream: string, expected: number, ids: readonly string[]): Check {
    const there = this.#streams.get(stream) ?? [];
    // Deleted softly, it can be begun again; its revisions go on.
    if (expected === noStream && this.#isSoftDeleted(stream) && there[0]?.id !== ids[0])
      return { decision: 'ok' };
    for (const [at, id] of ids.entries())
      if (there[expected + 1 + at]?.id !== id) return { decision: at === 0 ? 'wrong' : 'corrupt' };
    const last = there[expected + ids.length];
    if (last === undefined) return { decision: 'corrupt' };
    return { decision: 'repeated', last: last.revision, position: last.position };
  }

  /** Deletes a stream for ever. Source: StorageWriterService on DeleteStream with hardDelete. */
  tombstone(stream: string, expected: number): WriteOutcome {
    const current = this.lastRevision(stream);
    if (current === tombstoned) return { result: 'deleted', stream };
    if (expected !== anyVersion && expected !== current)
      return { result: 'conflict', failures: [{ stream, expected, actual: current }] };
    const id = `11111111-0000-4000-8000-${String(this.#all.length).padStart(12, '0')}`;
    const event = {
      id,
      type: '$streamDeleted',
      isJson: false,
      data: new Uint8Array(),
      metadata: new Uint8Array(),
    };
    const position = this.#commit([{ stream, event }]);
    return { result: 'written', written: { last: [tombstoned], position } };
  }

  /** Deletes a stream softly: its events are hidden, and stay in $all. Source: StorageWriterService on DeleteStream. */
  softDelete(stream: string, expected: number): WriteOutcome {
    const current = this.lastRevision(stream);
    if (current === tombstoned) return { result: 'deleted', stream };
    if (current < 0 || (expected !== anyVersion && expected !== current))
      return { result: 'conflict', failures: [{ stream, expected, actual: current }] };
    // Source: EventNumber.DeletedStream as the revision before which everything is hidden.
    const data = Buffer.from('{"$tb":9223372036854775807}');
    const id = `33333333-0000-4000-8000-${String(this.#all.length).padStart(12, '0')}`;
    const event = { id, type: '$metadata', isJson: true, data, metadata: new Uint8Array() };
    const position = this.#commit([{ stream: `$$${stream}`, event }]);
    return { result: 'written', written: { last: [current], position } };
  }

  #commit(events: readonly { readonly stream: string; readonly event: Proposed }[]): number {
    // Source: the client's note that `created` is ticks; cut to whole seconds on reads by the native bridge alone.
    const created = String(BigInt(Date.now()) * 10_000n);
    const next = new Map<string, number>();
    let end = this.#end;
    const transaction = events.map(({ stream, event }): Kept => {
      const revision = next.get(stream) ?? this.#streams.get(stream)?.length ?? 0;
      next.set(stream, revision + 1);
      const kept = { ...event, stream, revision, position: end, created };
      // Source: a record is as long as what it holds and its frame; the next begins behind it.
      end += event.data.length + event.metadata.length + stream.length + event.type.length * 2 + 72;
      return kept;
    });
    this.file.append(transaction);
    this.#keep(transaction);
    for (const listener of this.#listening) listener();
    return transaction.at(-1)?.position ?? -1;
  }

  #keep(transaction: readonly Kept[]): void {
    for (const kept of transaction) {
      this.#all.push(kept);
      const ofStream = this.#streams.get(kept.stream) ?? [];
      ofStream.push(kept);
      this.#streams.set(kept.stream, ofStream);
      this.#remember(kept);
      if (kept.type === '$metadata' && Buffer.from(kept.data).toString().startsWith('{"$tb":922'))
        this.#readableFrom.set(kept.stream.slice(2), this.#streams.get(kept.stream.slice(2))?.length ?? 0);
      this.#end =
        kept.position +
        kept.data.length +
        kept.metadata.length +
        kept.stream.length +
        kept.type.length * 2 +
        72;
    }
  }

  #remember(kept: Kept): void {
    this.#recentIds.set(kept.id, kept);
    const [oldest] = this.#recentIds.keys();
    if (this.#recentIds.size > idsRemembered && oldest !== undefined) this.#recentIds.delete(oldest);
  }
}
