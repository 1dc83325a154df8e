import { randomUUID } from 'node:crypto';
import { isBrokerUnavailable } from '../errors';
import { partitionOf } from '../partitioner';
import type { Broker, NewRecord, TopicRecord } from '../port';
import { groupCompliance } from './group-compliance';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function record(key: string, text: string, partitions: number): NewRecord {
  return {
    partition: partitionOf(key, partitions),
    key,
    headers: { kind: 'test', accents: 'Ynys Môn' },
    value: encoder.encode(text),
  };
}

/** Everything in a topic, by partition. */
async function everything(broker: Broker, topic: string): Promise<readonly (readonly TopicRecord[])[]> {
  const ends = await broker.ends(topic);
  const found: TopicRecord[][] = ends.map(() => []);
  await broker.read(
    topic,
    ends.map(({ partition, first, end }) => ({ partition, from: first, to: end })),
    (records) => {
      for (const one of records) found[one.partition]?.push(one);
    },
  );
  return found;
}

const texts = (records: readonly TopicRecord[] = []): string[] =>
  records.map(({ value }) => decoder.decode(value));

/** What every broker must do. An adapter enrols with a factory and nothing else. */
export function brokerCompliance(name: string, open: () => Promise<Broker>): void {
  groupCompliance(name, open);
  describe(`on ${name}`, () => {
    let broker: Broker;
    let topic: string;
    beforeAll(async () => {
      broker = await open();
    });
    beforeEach(async () => {
      topic = `compliance-${randomUUID()}`;
      await broker.ensureTopic({ topic, partitions: 3 });
    });
    afterAll(async () => broker.close());

    async function write(records: readonly NewRecord[]): Promise<void> {
      const writer = await broker.writer(topic);
      await writer.write(records);
      await writer.close();
    }

    it('a new topic has its partitions, and nothing in them', async () => {
      expect(await broker.ends(topic)).toEqual([
        { partition: 0, first: 0n, end: 0n },
        { partition: 1, first: 0n, end: 0n },
        { partition: 2, first: 0n, end: 0n },
      ]);
    });

    it('a topic that is there is left as it is', async () => {
      await write([record('a', 'one', 3)]);
      await broker.ensureTopic({ topic, partitions: 3 });
      expect((await everything(broker, topic)).flat()).toHaveLength(1);
    });

    it('a topic with another number of partitions is refused, with what to do', async () => {
      await expect(broker.ensureTopic({ topic, partitions: 4 })).rejects.toMatchObject({
        code: 'TOPIC_DIFFERS',
        message: expect.stringContaining('Partitions are never added'),
      });
    });

    it('records come out as they went in: partition, key, headers, bytes', async () => {
      const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const written: NewRecord[] = [
        { partition: 1, key: 'activity-1', headers: { one: 'Ynys Môn', two: '' }, value },
        { partition: 2, key: null, headers: {}, value: encoder.encode('{}') },
      ];
      await write(written);
      const found = (await everything(broker, topic)).flat();
      expect(found.map(({ value: bytes, ...rest }) => ({ ...rest, value: [...bytes] }))).toEqual(
        written.map(({ value: bytes, ...rest }) => ({ ...rest, offset: 0n, value: [...bytes] })),
      );
    });

    it('within a partition records keep the order in which they were written, over many writes', async () => {
      const writer = await broker.writer(topic);
      for (let round = 0; round < 20; round++)
        await writer.write(
          Array.from({ length: 30 }, (_, at) => record(`key-${at % 7}`, String(round * 30 + at), 3)),
        );
      await writer.close();
      const found = await everything(broker, topic);
      for (const records of found) {
        const numbers = texts(records).map(Number);
        expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
        const offsets = records.map(({ offset }) => offset);
        expect(offsets).toEqual([...new Set(offsets)].sort((one, other) => Number(one - other)));
      }
      expect(found.flat()).toHaveLength(600);
    });

    it('a range is read from its first offset up to, and not at, its last', async () => {
      await write(Array.from({ length: 10 }, (_, at) => record('a', String(at), 3)));
      const partition = partitionOf('a', 3);
      const found: TopicRecord[] = [];
      await broker.read(topic, [{ partition, from: 3n, to: 7n }], (records) => found.push(...records));
      expect(texts(found)).toEqual(['3', '4', '5', '6']);
    });

    it('a range in which there is nothing is read at once', async () => {
      let taken = 0;
      await broker.read(topic, [{ partition: 0, from: 0n, to: 0n }], () => (taken += 1));
      await broker.read(topic, [], () => (taken += 1));
      expect(taken).toBe(0);
    });

    it('two writers may write the same records: each is there twice, and both can be told to be the same', async () => {
      await write([record('a', 'one', 3), record('a', 'two', 3)]);
      await write([record('a', 'one', 3), record('a', 'two', 3)]);
      expect(texts((await everything(broker, topic))[partitionOf('a', 3)])).toEqual([
        'one',
        'two',
        'one',
        'two',
      ]);
    });

    it('a topic that is not there is said to be away: it may be set up any moment', async () => {
      const error: unknown = await broker.ends(`none-${randomUUID()}`).catch((thrown: unknown) => thrown);
      expect(isBrokerUnavailable(error)).toBe(true);
    });
  });
}
