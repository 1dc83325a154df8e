import { MembershipEnd } from '../membership-end';
import type { GroupMember, PartitionTaker, TopicRecord } from '../port';

/** Records given at once, at most. */
const recordsAtOnce = 500;

/** What a member needs of a topic: its records by partition, and to be told when there are more. */
export interface FollowedTopic {
  readonly partitions: readonly (readonly TopicRecord[])[];
  /** Resolves when more is written, or the signal says so. */
  more(signal: AbortSignal): Promise<void>;
}

/** A partition that is one member's, until it is taken away. */
class GivenPartition<Read> {
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;

  constructor(
    readonly partition: number,
    topic: FollowedTopic,
    readonly taker: PartitionTaker<Read>,
    onError: (error: unknown) => void,
  ) {
    this.#running = this.#run(topic).catch(onError);
  }

  async #run(topic: FollowedTopic): Promise<void> {
    const { signal } = this.#abort;
    const { partition, taker } = this;
    let next = await taker.begin(partition);
    while (!signal.aborted) {
      const from = Number(next);
      const records = topic.partitions[partition]?.slice(from, from + recordsAtOnce) ?? [];
      if (records.length === 0) await topic.more(signal);
      else {
        const read = records.map((record) => taker.read(record));
        next = await taker.take(partition, read, signal);
      }
    }
  }

  /** Takes it away, after what is being taken. */
  async end(): Promise<void> {
    this.#abort.abort();
    await this.#running;
    this.taker.end(this.partition);
  }
}

class MemoryMember<Read = unknown> implements GroupMember {
  readonly #given = new Map<number, GivenPartition<Read>>();
  readonly #end = new MembershipEnd();

  constructor(
    readonly group: MemoryGroup,
    readonly taker: PartitionTaker<Read>,
  ) {}

  get over(): Promise<void> {
    return this.#end.promise;
  }

  get partitions(): readonly number[] {
    return [...this.#given.keys()].sort((one, other) => one - other);
  }

  async leave(): Promise<void> {
    await this.group.remove(this);
    this.#end.left();
  }

  async drop(wanted: (partition: number) => boolean): Promise<void> {
    for (const [partition, given] of this.#given) {
      if (wanted(partition)) continue;
      await given.end();
      this.#given.delete(partition);
    }
  }

  give(partition: number): void {
    if (this.#given.has(partition)) return;
    const given = new GivenPartition(partition, this.group.topic, this.taker, (error) => {
      this.#end.failed(error);
      void this.group.remove(this);
    });
    this.#given.set(partition, given);
  }
}

/** Those who share a topic of a broker in memory: partitions go round among them in the order in which they joined. */
export class MemoryGroup {
  #members: readonly MemoryMember[] = [];
  /** Sharings out follow one another. */
  #turn: Promise<void> = Promise.resolve();

  constructor(readonly topic: FollowedTopic) {}

  async join<Read>(taker: PartitionTaker<Read>): Promise<GroupMember> {
    const member = new MemoryMember(this, taker);
    this.#members = [...this.#members, member];
    await this.#shareOut();
    return member;
  }

  async remove(member: MemoryMember): Promise<void> {
    this.#members = this.#members.filter((one) => one !== member);
    await this.#shareOut(member);
  }

  async #shareOut(leaving?: MemoryMember): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const members = this.#members;
      await leaving?.drop(() => false);
      // First everything is let go of, so that nothing is two members' at once.
      for (const [at, member] of members.entries())
        await member.drop((partition) => partition % members.length === at);
      for (const partition of this.topic.partitions.keys())
        members[partition % members.length]?.give(partition);
    });
    await this.#turn;
  }
}
