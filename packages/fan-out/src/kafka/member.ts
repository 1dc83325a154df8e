import { setTimeout as after } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { MembershipEnd } from '../membership-end';
import type { GroupMember, PartitionTaker } from '../port';
import { asBrokerError, brokered } from './errors';
import { ReadAhead, type ReadStretch } from './read-ahead';
import { toRecord } from './records';

/**
 * In milliseconds. A member that was killed is missed after a session; one that works says so in between, however long
 * it takes; and a fetch that finds nothing ends soon, so that leaving takes no longer.
 */
const times = {
  sessionTimeout: 10_000,
  heartbeatInterval: 1000,
  rebalanceTimeout: 30_000,
  maxWaitTimeInMs: 500,
};
const megabyte = 1024 * 1024;
/**
 * How much of a partition is fetched at once, in bytes, and how much of all of them. The client makes dozens of objects for
 * each record, of all that it has fetched at once: much of it at a time outlives what collects young ones. It asks for
 * partitions in an order that changes each time, so that none comes last always. The broker sends what there is at once:
 * nobody waits for as much.
 */
const fetched = { maxBytesPerPartition: megabyte, maxBytes: 3 * megabyte };
/**
 * How much of a partition waits to be taken, in bytes, before no more of it is read: some thousands of events, since what is
 * written for some events costs less the more of them there are.
 */
const readAhead = 6 * megabyte;
/** How many partitions the taker is handed at the same time: while one is written, another is worked at. */
const partitionsAtOnce = 6;
/** How often it is tried to join at first: a coordinator that is loading refuses. */
const joins = 10;

/** A partition that is this member's. */
interface Given<Read> {
  readonly partition: number;
  /** Aborted when it may be another's, or is. */
  readonly lost: AbortController;
  /** Where reading goes on: ahead of what is taken. */
  next: bigint;
  /** How often it was begun somewhere: what was read before the last time is no use. */
  beginnings: number;
  /** Resolves when it is known where reading begins. */
  readonly begun: Promise<void>;
  readonly ahead: ReadAhead<Read>;
}

/** What was done by one who says what went wrong instead of throwing it. */
type Outcome<T> = { readonly done: T } | { readonly failed: unknown };

async function settled<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { done: await work };
  } catch (failed) {
    return { failed };
  }
}

/**
 * A member of a group of Kafka's. The client forgets where it was whenever the group is shared out anew, and nothing is
 * committed to the group: so every partition that is given is begun anew, from where the taker says.
 */
export class KafkaMember<Read> implements GroupMember {
  readonly #end = new MembershipEnd();
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #taker: PartitionTaker<Read>;
  #given = new Map<number, Given<Read>>();
  /** The last thing asked of the taker, by partition: of one partition it is asked for one thing after another. */
  readonly #asked = new Map<number, Promise<unknown>>();
  #joined = 0;
  #leaving = false;

  private constructor(kafka: Kafka, topic: string, group: string, taker: PartitionTaker<Read>) {
    this.#topic = topic;
    this.#taker = taker;
    this.#consumer = kafka.consumer({
      groupId: group,
      allowAutoTopicCreation: false,
      ...times,
      ...fetched,
      // Once it has been a member, whoever joined is told that the broker is away, and joins anew.
      retry: { retries: 3, restartOnFailure: async () => ++this.#joined < joins },
    });
  }

  /** Asks to join. @throws BrokerError */
  static async join<Read>(
    kafka: Kafka,
    topic: string,
    group: string,
    taker: PartitionTaker<Read>,
  ): Promise<KafkaMember<Read>> {
    const member = new KafkaMember(kafka, topic, group, taker);
    try {
      await brokered(`joining the group ${group}`, async () => member.#start());
      return member;
    } catch (error) {
      await member.#consumer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  get over(): Promise<void> {
    return this.#end.promise;
  }

  get partitions(): readonly number[] {
    return [...this.#given.keys()].sort((one, other) => one - other);
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    // Of a client that has crashed, closing may fail too.
    await this.#consumer.disconnect().catch(() => undefined);
    this.#endAll();
    await Promise.all(this.#asked.values());
    this.#end.left();
  }

  async #start(): Promise<void> {
    const consumer = this.#consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.#joined = joins;
      this.#endAll();
      for (const partition of payload.memberAssignment[this.#topic] ?? []) this.#give(partition);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) this.#fail(asBrokerError(payload.error, `reading ${this.#topic}`));
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [this.#topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: async (payload) => this.#takeBatch(payload),
    });
  }

  #give(partition: number): void {
    const beginning = this.#ask(partition, async () => this.#taker.begin(partition));
    const begun = beginning.then((outcome) => {
      if ('failed' in outcome) return this.#fail(outcome.failed);
      if (this.#isCurrent(given)) this.#goOnAt(given, outcome.done);
    });
    const given: Given<Read> = {
      partition,
      lost: new AbortController(),
      next: 0n,
      beginnings: 0,
      begun,
      ahead: new ReadAhead<Read>(readAhead, async (stretch) => this.#take(given, stretch)),
    };
    this.#given.set(partition, given);
  }

  #endAll(): void {
    for (const { partition, lost, ahead } of this.#given.values()) {
      lost.abort();
      ahead.drop();
      void this.#ask(partition, async () => this.#taker.end(partition));
    }
    this.#given = new Map();
  }

  /** Asks the taker for something, after what it was asked for of the partition before. Never rejects. */
  async #ask<T>(partition: number, what: () => Promise<T>): Promise<Outcome<T>> {
    const before = this.#asked.get(partition) ?? Promise.resolve();
    const asked = before.then(async () => settled(what()));
    this.#asked.set(partition, asked);
    return asked;
  }

  #goOnAt(given: Given<Read>, next: bigint): void {
    given.ahead.drop();
    given.next = next;
    given.beginnings += 1;
    this.#consumer.seek({ topic: this.#topic, partition: given.partition, offset: String(next) });
  }

  /**
   * Has a batch taken with all that waits for that, and waits itself only where too much does: so the client reads on while
   * what it has read is taken.
   */
  async #takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const given = this.#given.get(batch.partition);
    if (given === undefined) return;
    const { beginnings } = given;
    await this.#beating(
      payload,
      given,
      given.begun.then(async () => given.ahead.room()),
    );
    // What was read before it was known where to read is no use.
    if (!payload.isRunning() || !this.#isCurrent(given) || payload.isStale()) return;
    if (given.beginnings !== beginnings) return;
    const read = this.#read(given, batch);
    if (read === undefined) return;
    const next = BigInt(batch.lastOffset()) + 1n;
    if (read.length > 0) {
      given.next = next;
      given.ahead.add(
        { read, next },
        batch.messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0),
      );
    }
    payload.resolveOffset(batch.lastOffset());
  }

  /** What is kept of a batch; undefined where the taker has found something that he cannot read. */
  #read({ partition, next }: Given<Read>, batch: EachBatchPayload['batch']): readonly Read[] | undefined {
    try {
      const read: Read[] = [];
      for (const message of batch.messages) {
        const record = toRecord(partition, message);
        if (record.offset >= next) read.push(this.#taker.read(record));
      }
      return read;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** Never rejects. */
  async #take(given: Given<Read>, { read, next }: ReadStretch<Read>): Promise<void> {
    const { partition, lost } = given;
    // What still waited when it was taken away, or when this member leaves, is another's.
    if (this.#leaving || !this.#isCurrent(given)) return;
    const outcome = await this.#ask(partition, async () => this.#taker.take(partition, read, lost.signal));
    if ('failed' in outcome) return this.#fail(outcome.failed);
    if (!this.#leaving && this.#isCurrent(given) && outcome.done !== next) this.#goOnAt(given, outcome.done);
  }

  /** Whether a partition is still this member's, as it was given then. */
  #isCurrent(given: Given<Read>): boolean {
    return this.#given.get(given.partition) === given;
  }

  /**
   * Waits for work on a partition, and meanwhile says to the group that this member is alive. Where the group is to be
   * shared out anew, or does not know this member any more, the work is told so.
   * @throws what the client is to hear of at its next step, after the work: it then joins anew
   */
  async #beating(
    { heartbeat }: Pick<EachBatchPayload, 'heartbeat'>,
    { lost }: Given<Read>,
    work: Promise<void>,
  ): Promise<void> {
    const over = new AbortController();
    const beat = async (): Promise<void> => {
      for (;;) {
        await after(times.heartbeatInterval, undefined, { signal: over.signal }).catch(() => undefined);
        if (over.signal.aborted) return;
        await heartbeat();
      }
    };
    const beats = settled(beat()).then((outcome) => {
      if ('failed' in outcome) lost.abort();
      return outcome;
    });
    await work;
    over.abort();
    const outcome = await beats;
    if ('failed' in outcome) throw outcome.failed;
  }

  #fail(error: unknown): void {
    this.#end.failed(error);
    void this.leave();
  }
}
