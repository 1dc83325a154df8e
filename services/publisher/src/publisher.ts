import { setImmediate as nextTurn, setTimeout as after } from 'node:timers/promises';
import type { ReadableLog } from '@ledger/event-log';
import { isBrokerUnavailable, type Broker, type TopicSetUp } from '@ledger/fan-out';
import type { AroundEvents } from '@ledger/operations';
import { inBatches } from './batches';
import { filledUpTo } from './checkpoint';
import { idlePause } from './idle-pauses';
import { LinkedAbort } from './linked-abort';
import { TopicFiller, type PreparedBatch } from './topic-filler';

/** How many events are read at once. */
const pageSize = 1000;
const pauseMs = 1000;

export interface PublisherParts {
  readonly log: Pick<ReadableLog, 'head' | 'readPage' | 'subscribe'>;
  readonly broker: Broker;
  readonly setUp: TopicSetUp;
  /** Does the writing of events, and whatever is done around it; nothing, unless said. */
  readonly around?: AroundEvents;
  /** Waits, unless the signal says so before. Only tests wait otherwise than by the clock. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** How a publisher stands. */
export interface PublisherStanding {
  /** Filling: the topic has not come up to where the log was when it was looked at first. */
  readonly state: 'filling' | 'publishing';
  /** Everything up to it is in the topic. */
  readonly position: string;
  readonly head: string;
  /** Why nothing can be published now. */
  readonly hindrance?: string;
}

async function waitByTheClock(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Whoever stops need not wait.
  await after(milliseconds, undefined, { signal }).catch(() => undefined);
}

/**
 * Publishes a log to a topic: every event, in order, each as often as needed to be sure of it. Where it goes on is what
 * the topic says of itself, and it says so only of what is acknowledged: so it may end at any moment, and what comes twice
 * then is known by its position.
 */
export class Publisher {
  readonly #parts: Required<PublisherParts>;
  readonly #stop = new AbortController();
  #sayCaughtUp: () => void = () => undefined;
  readonly #caughtUp = new Promise<void>((resolve) => (this.#sayCaughtUp = resolve));
  #position = 0n;
  #state: PublisherStanding['state'] = 'filling';
  #hindrance: Error | undefined;

  constructor(parts: PublisherParts) {
    this.#parts = { wait: waitByTheClock, around: async (_events, work) => work(), ...parts };
  }

  /**
   * Publishes until it is stopped. Waits for a broker that is away.
   * @throws TopicDiffersError, TopicOfOtherLogError, NoLedgerError, BrokerError that trying again does not mend
   */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted)
      try {
        await this.#publish();
      } catch (error) {
        if (signal.aborted) return;
        if (!isBrokerUnavailable(error)) throw error;
        this.#hindrance = error;
        await this.#parts.wait(pauseMs, signal);
      }
  }

  /** Resolves when the topic has come up for the first time to where the log is. */
  async caughtUp(): Promise<void> {
    await this.#caughtUp;
  }

  async standing(): Promise<PublisherStanding> {
    const { position } = await this.#parts.log.head();
    return {
      state: this.#state,
      position: String(this.#position),
      head: String(position),
      ...(this.#hindrance !== undefined && { hindrance: this.#hindrance.message }),
    };
  }

  /** Begins to stop; `run` resolves when what is being written is acknowledged. */
  stop(): void {
    this.#stop.abort();
  }

  /** Publishes until it is stopped, or the broker fails: then all is opened anew. */
  async #publish(): Promise<void> {
    const { log, broker, setUp } = this.#parts;
    await broker.ensureTopic(setUp);
    this.#position = await filledUpTo(log, broker, setUp.topic);
    const writer = await broker.writer(setUp.topic);
    this.#hindrance = undefined;
    const open = new LinkedAbort(this.#stop.signal);
    try {
      const filler = new TopicFiller(
        log,
        writer,
        setUp.partitions,
        (position) => (this.#position = position),
      );
      await filler.goOnAfter(this.#position);
      await this.#follow(filler, open.signal);
    } finally {
      open.end();
      // One that has failed may fail to close, too: why it failed is what counts.
      await writer.close().catch(() => undefined);
    }
  }

  async #follow(filler: TopicFiller, signal: AbortSignal): Promise<void> {
    await this.#catchUp(filler, signal);
    const live = this.#parts.log.subscribe({ after: this.#position, signal })[Symbol.asyncIterator]();
    let coming = live.next();
    for (let given = 0; !signal.aborted;) {
      const item = await this.#orIdle(coming, idlePause(given), signal);
      if (item === 'idle') {
        await filler.sayHowFar();
        given += 1;
        continue;
      }
      if (item.done === true) return;
      coming = live.next();
      // An error is the business of whoever takes the next one.
      coming.catch(() => undefined);
      // What came with others was published with them.
      if ('caughtUp' in item.value || item.value.position <= this.#position) continue;
      await this.#catchUp(filler, signal);
      given = 0;
    }
  }

  /** Publishes what is recorded now, and says so in the topic. */
  async #catchUp(filler: TopicFiller, signal: AbortSignal): Promise<void> {
    const batches = this.#recorded(filler);
    let batch = await batches.next();
    while (batch.done !== true && !signal.aborted) {
      const { value: ready } = batch;
      const writing = this.#parts.around(ready.events, async () => filler.write(ready));
      // The next batch is made ready while the broker has this one.
      const coming = nextTurn().then(async () => batches.next());
      [batch] = await Promise.all([coming, writing]);
    }
    await filler.settle();
    if (signal.aborted) return;
    this.#state = 'publishing';
    this.#sayCaughtUp();
  }

  /** What is recorded behind what is in the topic, ready to be written. */
  async *#recorded(filler: TopicFiller): AsyncGenerator<PreparedBatch, void, undefined> {
    for (let position = this.#position; ;) {
      const page = await this.#parts.log.readPage({ after: position, limit: pageSize });
      if (page.length === 0) return;
      for (const batch of inBatches(page)) yield filler.prepare(batch);
      position = page.at(-1)?.position ?? position;
    }
  }

  async #orIdle<T>(coming: Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T | 'idle'> {
    const waiting = new LinkedAbort(signal);
    const idle = this.#parts.wait(milliseconds, waiting.signal);
    try {
      return await Promise.race([coming, idle.then((): 'idle' => 'idle')]);
    } finally {
      waiting.end();
    }
  }
}
