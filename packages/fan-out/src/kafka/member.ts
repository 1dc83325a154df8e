import { setTimeout as after } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { MembershipEnd } from '../membership-end';
import type { GroupMember, PartitionTaker, TopicRecord } from '../port';
import { asBrokerError, brokered } from './errors';
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
/**
 * How much of a partition is taken at once by who has fallen behind, in bytes, and how much of all of them: some thousands
 * of events, since what is written for some events costs less the more of them there are. The broker sends what there is
 * at once: nobody waits for as much.
 */
const fetched = { maxBytesPerPartition: 4 * 1024 * 1024, maxBytes: 24 * 1024 * 1024 };
/** How many partitions the taker is handed at the same time: while one is written, another is worked at. */
const partitionsAtOnce = 6;
/** How often it is tried to join at first: a coordinator that is loading refuses. */
const joins = 10;

/** A partition that is this member's. */
interface Given {
  readonly partition: number;
  /** Aborted when it may be another's, or is. */
  readonly lost: AbortController;
  /** Where reading goes on: ahead of what is taken. */
  next: bigint;
  /** How often it was begun somewhere: what was read before the last time is no use. */
  beginnings: number;
  /** Resolves when it is known where it goes on, and then when what was read last is taken, or is no use. */
  taken: Promise<void>;
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
export class KafkaMember implements GroupMember {
  readonly #end = new MembershipEnd();
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #taker: PartitionTaker;
  #given = new Map<number, Given>();
  /** The last thing asked of the taker, by partition: of one partition it is asked for one thing after another. */
  readonly #asked = new Map<number, Promise<unknown>>();
  #joined = 0;
  #leaving = false;

  private constructor(kafka: Kafka, topic: string, group: string, taker: PartitionTaker) {
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
  static async join(kafka: Kafka, topic: string, group: string, taker: PartitionTaker): Promise<KafkaMember> {
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
    const taken = beginning.then((outcome) => {
      if ('failed' in outcome) return this.#fail(outcome.failed);
      if (this.#isCurrent(given)) this.#goOnAt(given, outcome.done);
    });
    const given: Given = { partition, lost: new AbortController(), next: 0n, beginnings: 0, taken };
    this.#given.set(partition, given);
  }

  #endAll(): void {
    for (const { partition, lost } of this.#given.values()) {
      lost.abort();
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

  #goOnAt(given: Given, next: bigint): void {
    given.next = next;
    given.beginnings += 1;
    this.#consumer.seek({ topic: this.#topic, partition: given.partition, offset: String(next) });
  }

  /**
   * Has a batch taken once the one before it is taken, and does not wait for that itself: so the client reads on while what it
   * has read is taken. No more is kept of a partition than what is being taken and the batch after it.
   */
  async #takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const given = this.#given.get(batch.partition);
    if (given === undefined) return;
    const { beginnings } = given;
    await this.#beating(payload, given, given.taken);
    // What was read before it was known where to read is no use.
    if (!payload.isRunning() || !this.#isCurrent(given) || payload.isStale()) return;
    if (given.beginnings !== beginnings) return;
    const records = batch.messages
      .map((message) => toRecord(given.partition, message))
      .filter(({ offset }) => offset >= given.next);
    if (records.length > 0) {
      given.next = BigInt(batch.lastOffset()) + 1n;
      given.taken = this.#take(given, records, given.next);
    }
    payload.resolveOffset(batch.lastOffset());
  }

  /** Never rejects. */
  async #take(given: Given, records: readonly TopicRecord[], next: bigint): Promise<void> {
    const { partition, lost } = given;
    const outcome = await this.#ask(partition, async () => this.#taker.take(partition, records, lost.signal));
    if ('failed' in outcome) return this.#fail(outcome.failed);
    if (!this.#leaving && this.#isCurrent(given) && outcome.done !== next) this.#goOnAt(given, outcome.done);
  }

  /** Whether a partition is still this member's, as it was given then. */
  #isCurrent(given: Given): boolean {
    return this.#given.get(given.partition) === given;
  }

  /**
   * Waits for work on a partition, and meanwhile says to the group that this member is alive. Where the group is to be
   * shared out anew, or does not know this member any more, the work is told so.
   * @throws what the client is to hear of at its next step, after the work: it then joins anew
   */
  async #beating(
    { heartbeat }: Pick<EachBatchPayload, 'heartbeat'>,
    { lost }: Given,
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
