import { randomUUID } from 'node:crypto';
import { partitionOf } from '../partitioner';
import type { Broker, GroupMember, NewRecord, TopicRecord } from '../port';
import { TestTaker } from './test-taker';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const partitions = 3;

function records(from: number, to: number): NewRecord[] {
  return Array.from({ length: to - from }, (_, at) => {
    const key = `key-${(from + at) % 17}`;
    return {
      partition: partitionOf(key, partitions),
      key,
      headers: {},
      value: encoder.encode(`${from + at}`),
    };
  });
}

const numbersOf = (taken: readonly TopicRecord[]): number[] =>
  taken.map(({ value }) => Number(decoder.decode(value)));

/** What every broker must do for those who share a topic out among themselves. */
export function groupCompliance(name: string, open: () => Promise<Broker>): void {
  describe(`those who share a topic on ${name}`, () => {
    let broker: Broker;
    let topic: string;
    const joined: GroupMember[] = [];
    beforeAll(async () => {
      broker = await open();
    });
    beforeEach(async () => {
      topic = `shared-${randomUUID()}`;
      await broker.ensureTopic({ topic, partitions });
    });
    afterEach(async () => {
      for (const member of joined.splice(0)) await member.leave();
    });
    afterAll(async () => broker.close());

    async function join(taker: TestTaker, group = 'one'): Promise<GroupMember> {
      const member = await broker.join(topic, `${topic}-${group}`, taker);
      joined.push(member);
      return member;
    }

    async function write(from: number, to: number): Promise<void> {
      const writer = await broker.writer(topic);
      await writer.write(records(from, to));
      await writer.close();
    }

    /** Resolves when a taker has been given so many partitions and has them still. */
    async function given(taker: TestTaker, member: GroupMember, many: number): Promise<void> {
      await taker.until(() => member.partitions.length === many);
    }

    it('one alone takes every partition in order, what is there and what comes', async () => {
      await write(0, 200);
      const taker = new TestTaker();
      const member = await join(taker);
      await taker.until(() => taker.taken.length === 200);
      await write(200, 300);
      await taker.until(() => taker.taken.length === 300);
      expect(member.partitions).toEqual([0, 1, 2]);
      for (const partition of [0, 1, 2]) {
        const own = taker.taken.filter((record) => record.partition === partition);
        const offsets = own.map(({ offset }) => offset);
        expect(offsets).toEqual(offsets.map((_, at) => BigInt(at)));
      }
      expect(numbersOf(taker.taken).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 300 }, (_, at) => at),
      );
    });

    it('each partition is read from where its taker says, and from nowhere before', async () => {
      await write(0, 200);
      const ends = await broker.ends(topic);
      const taker = new TestTaker(new Map(ends.map(({ partition, end }) => [partition, end - 2n])));
      await join(taker);
      await taker.until(() => taker.taken.length === 6);
      expect(taker.taken.every(({ partition, offset }) => offset >= (ends[partition]?.end ?? 0n) - 2n)).toBe(
        true,
      );
    });

    it('a taker that goes on elsewhere is given the same records again from there', async () => {
      await write(0, 100);
      const taker = new TestTaker();
      const refused = new Set<number>();
      taker.before = async (partition) => {
        if (refused.has(partition)) return undefined;
        refused.add(partition);
        return 3n;
      };
      await join(taker);
      const expected = (await broker.ends(topic)).reduce((sum, { end }) => sum + Number(end - 3n), 0);
      await taker.until(() => taker.taken.length === expected);
      expect(taker.taken.every(({ offset }) => offset >= 3n)).toBe(true);
    });

    it('two share the partitions; what one leaves the other goes on with, and nothing is missed', async () => {
      await write(0, 100);
      const offsets = new Map<number, bigint>();
      const first = new TestTaker(offsets);
      const member = await join(first);
      await first.until(() => first.taken.length === 100);
      const second = new TestTaker(offsets);
      const other = await join(second);
      await second.until(() => second.steps.length > 0);
      await given(first, member, partitions - other.partitions.length);
      expect(new Set([...member.partitions, ...other.partitions])).toEqual(new Set([0, 1, 2]));
      await write(100, 300);
      const taken = (): number => first.taken.length + second.taken.length;
      await Promise.race([first, second].map(async (one) => one.until(() => taken() === 300)));
      await member.leave();
      await given(second, other, partitions);
      await write(300, 400);
      await second.until(() => taken() === 400);
      expect(new Set(numbersOf([...first.taken, ...second.taken])).size).toBe(400);
    });

    it('members of another group take everything too', async () => {
      await write(0, 50);
      const [one, other] = [new TestTaker(), new TestTaker()];
      await join(one, 'one');
      await join(other, 'other');
      await one.until(() => one.taken.length === 50);
      await other.until(() => other.taken.length === 50);
    });

    it('of a partition, a taker is asked for one thing after another, and told when it is over', async () => {
      await write(0, 100);
      const taker = new TestTaker();
      const busy = new Set<number>();
      const overlapping: number[] = [];
      taker.before = async (partition) => {
        if (busy.has(partition)) overlapping.push(partition);
        busy.add(partition);
        await new Promise((resolve) => setImmediate(resolve));
        busy.delete(partition);
        return undefined;
      };
      const member = await join(taker);
      await taker.until(() => taker.taken.length === 100);
      await member.leave();
      await member.over;
      expect(member.partitions).toEqual([]);
      expect(overlapping).toEqual([]);
      for (const partition of [0, 1, 2]) {
        const own = taker.steps.filter(
          (step) => ('began' in step ? step.began : 'ended' in step ? step.ended : step.of) === partition,
        );
        expect(own[0]).toEqual({ began: partition });
        expect(own.at(-1)).toEqual({ ended: partition });
      }
      await write(100, 110);
      expect(taker.taken).toHaveLength(100);
    });

    it('a record that a taker cannot read ends its membership, with what it throws', async () => {
      await write(0, 10);
      const taker = new TestTaker();
      const thrown = new Error('no');
      taker.read = () => {
        throw thrown;
      };
      const member = await join(taker);
      await expect(member.over).rejects.toBe(thrown);
      expect(taker.taken).toEqual([]);
    });

    it('what a taker throws ends its membership, with that error', async () => {
      await write(0, 10);
      const taker = new TestTaker();
      const thrown = new Error('no');
      taker.before = async () => {
        throw thrown;
      };
      const member = await join(taker);
      await expect(member.over).rejects.toBe(thrown);
    });
  });
}
