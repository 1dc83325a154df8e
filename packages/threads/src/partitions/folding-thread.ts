import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RecordedEvent } from '@ledger/event-log';
import {
  eventsBefore,
  type BeginFolding,
  type FoldedChunk,
  type PartitionFolding,
  type StepEvent,
  type StepHistory,
} from '@ledger/projections';
import { endThread } from '../ending';
import { lastingLimits } from '../limits';
import type { SaidByThread, SaidToThread } from './messages';
import { memoryOf, pack } from './packed-events';

/** No stream comes to this revision. */
const beyondAll = 2n ** 53n;

const program = join(__dirname, 'partitions.worker.js');

/** Says something to the thread. */
type Say = (said: SaidToThread, memory?: ArrayBuffer[]) => void;

/** A partition that the thread folds. */
class FoldedThere implements PartitionFolding {
  #folded: (chunks: readonly FoldedChunk[]) => void = () => undefined;
  #failed: (error: unknown) => void = () => undefined;
  #over: Error | undefined;

  constructor(
    readonly number: number,
    readonly history: StepHistory,
    readonly say: Say,
    readonly onEnd: () => void,
  ) {}

  async fold(step: readonly StepEvent[]): Promise<readonly FoldedChunk[]> {
    if (this.#over !== undefined) throw this.#over;
    const events = pack(step.map(({ event }) => event));
    const parked = new Map(
      step.flatMap(({ parked: reason }, at) => (reason === undefined ? [] : [[at, reason] as const])),
    );
    return new Promise((resolve, reject) => {
      this.#folded = resolve;
      this.#failed = reject;
      this.say({ fold: this.number, events, parked }, memoryOf(events));
    });
  }

  end(): void {
    this.say({ end: this.number });
    this.onEnd();
  }

  async hear(said: SaidByThread): Promise<void> {
    if ('folded' in said) this.#folded(said.chunks);
    else if ('failed' in said) this.#failed(new Error(said.error));
    else
      try {
        const events = pack(await this.#eventsOf(said.streams));
        this.say({ answer: this.number, events }, memoryOf(events));
      } catch (error) {
        // The error itself, since whoever waits knows what passes. What the thread has begun it never goes on with.
        this.#failed(error);
      }
  }

  async #eventsOf(streams: readonly string[]): Promise<readonly RecordedEvent[]> {
    await this.history.fetch(streams);
    const events: RecordedEvent[] = [];
    for (const stream of streams)
      events.push(...(await eventsBefore(this.history, { stream, revision: beyondAll })));
    return events;
  }

  fail(error: Error): void {
    this.#over = error;
    this.#failed(error);
  }
}

/**
 * A thread that folds partitions while the one that began it reads them and writes what is made of them: neither is held up
 * by the other, as long as there is a processor for each.
 */
export class FoldingThread {
  readonly #worker: Worker;
  readonly #partitions = new Map<number, FoldedThere>();
  #begun = 0;
  #failed: Error | undefined;

  /** @returns undefined where there is none: where the package runs from its sources, which threads cannot load */
  static start(worker = program): FoldingThread | undefined {
    return existsSync(worker) ? new FoldingThread(worker) : undefined;
  }

  private constructor(worker: string) {
    this.#worker = new Worker(worker, { resourceLimits: lastingLimits });
    this.#worker.on('message', (said: SaidByThread) => {
      const number = 'folded' in said ? said.folded : 'ask' in said ? said.ask : said.failed;
      void this.#partitions.get(number)?.hear(said);
    });
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('The thread that folds has ended')));
  }

  readonly begin: BeginFolding = (history, parked) => {
    const number = ++this.#begun;
    const folded = new FoldedThere(
      number,
      history,
      (said, memory = []) => this.#worker.postMessage(said, memory),
      () => this.#partitions.delete(number),
    );
    this.#partitions.set(number, folded);
    if (this.#failed === undefined) this.#worker.postMessage({ begin: number, parked }, []);
    else folded.fail(this.#failed);
    return folded;
  };

  #fail(error: Error): void {
    this.#failed ??= error;
    for (const folded of this.#partitions.values()) folded.fail(this.#failed);
  }

  async close(): Promise<void> {
    await endThread(this.#worker);
  }
}
