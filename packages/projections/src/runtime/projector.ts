import { difference, linesOf } from '@ledger/domain';
import { parseStream } from '@ledger/events';
import type { RecordedEvent } from '@ledger/event-log';
import type { DocumentVersion, ParkedEvent, ReadStore } from '@ledger/read-store';
import { factDocument } from '../documents/fact-document';
import { recordDocument } from '../documents/record-document';
import { FiguresChunkMaker } from '../lines/figures-chunk';
import { LineWriter } from '../lines/line-writer';
import { decode, type DecodedEvent } from './decoded-event';
import type { StreamHistory } from './stream-history';
import { isThingKind, ThingStates } from './thing-states';

interface Effects {
  readonly documents: DocumentVersion[];
  readonly parked: ParkedEvent[];
}

/** The message of an error that parks an event: it names what could not be read or folded. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Applies recorded events of one partition to a read store: after each event it folds the one stream, asks which
 * lines the thing has now, and posts the difference. What cannot be applied is parked with its stream; other
 * streams go on.
 */
export class Projector {
  readonly #lines: LineWriter;
  #maker = new FiguresChunkMaker();
  readonly #things: ThingStates;
  readonly #parkedStreams = new Set<string>();
  #checkpoint: number | undefined;

  constructor(
    readonly store: ReadStore,
    history: StreamHistory,
    readonly partition = 0,
  ) {
    this.#lines = new LineWriter(store, partition);
    this.#things = new ThingStates(history);
  }

  /** The position up to which this partition is applied. */
  async checkpoint(): Promise<bigint> {
    return BigInt(await this.#loaded());
  }

  async #loaded(): Promise<number> {
    if (this.#checkpoint !== undefined) return this.#checkpoint;
    this.#checkpoint = (await this.store.checkpoints()).get(this.partition) ?? 0;
    for (const { partition, stream } of await this.store.parked(Number.MAX_SAFE_INTEGER))
      if (partition === this.partition) this.#parkedStreams.add(stream);
    return this.#checkpoint;
  }

  /**
   * Applies events that come in position order, in one transaction with the checkpoint. Repeats of what is
   * applied are ignored. `upTo` moves the checkpoint on over positions of other partitions.
   */
  async apply(events: readonly RecordedEvent[], upTo?: bigint): Promise<void> {
    const from = await this.#loaded();
    const effects: Effects = { documents: [], parked: [] };
    let to = from;
    for (const recorded of events) {
      if (recorded.position > BigInt(Number.MAX_SAFE_INTEGER))
        throw new RangeError('A position is beyond 2^53');
      const position = Number(recorded.position);
      if (position <= to) continue;
      to = position;
      await this.#applyOne(recorded, position, effects);
    }
    if (upTo !== undefined && Number(upTo) > to) to = Number(upTo);
    if (to === from) return;
    try {
      await this.store.advance({ partition: this.partition, from, to }, async (transaction) => {
        await this.#lines.add(transaction, [this.#maker.take()]);
        await this.#lines.flush(transaction);
        await transaction.putDocuments(effects.documents);
        await transaction.park(effects.parked);
      });
      this.#checkpoint = to;
      this.#lines.trim();
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** After a failed transaction the store is the truth. */
  #forget(): void {
    this.#checkpoint = undefined;
    this.#parkedStreams.clear();
    this.#things.clear();
    this.#lines.reset();
    this.#maker = new FiguresChunkMaker();
  }

  async #applyOne(recorded: RecordedEvent, position: number, effects: Effects): Promise<void> {
    const { stream } = recorded;
    const park = (reason: string): void => {
      this.#parkedStreams.add(stream);
      effects.parked.push({ partition: this.partition, position, stream, reason });
    };
    if (this.#parkedStreams.has(stream)) {
      park('An earlier event of the stream is parked.');
      return;
    }
    try {
      const decoded = decode(recorded);
      if (isThingKind(parseStream(stream)?.kind)) await this.#applyToThing(decoded, position, effects);
      else {
        const fact = factDocument(decoded);
        if (fact !== undefined) effects.documents.push(fact);
      }
    } catch (error) {
      park(reasonOf(error));
    }
  }

  async #applyToThing(decoded: DecodedEvent, position: number, effects: Effects): Promise<void> {
    const before = await this.#things.before(decoded);
    const after = this.#things.evolve(before, decoded);
    const linesBefore = before?.lines ?? [];
    const lines = linesOf(after.thing);
    const ordinal = Number(after.firstPosition);
    const document = recordDocument(after.thing, ordinal, position);
    this.#maker.add(position, ordinal, difference(linesBefore, lines), linesBefore, lines);
    effects.documents.push(document);
    this.#things.keep(decoded.body.stream, { ...after, lines });
  }
}
