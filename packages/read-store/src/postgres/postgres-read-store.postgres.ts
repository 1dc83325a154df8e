import { readStoreCompliance } from '../compliance/read-store-compliance';
import { topicStoreCompliance } from '../compliance/topic-store-compliance';
import { segmentOf } from '../compliance/segment-of';
import type { PartitionStanding } from '../topic-store';
import type { PostgresReadStore } from './postgres-read-store';
import { TestStores } from './stores.testing';

const stores = new TestStores();
afterEach(() => stores.drop());

readStoreCompliance('PostgreSQL', () => stores.open());
topicStoreCompliance('PostgreSQL', () => stores.open());

describe('a read model that several processes share', () => {
  test('numbers of keys have no gaps and are the same for all, however many add keys at once', async () => {
    const first = await stores.open();
    const all = [first, await stores.open(first.schema), await stores.open(first.schema)];
    const numbered = await Promise.all(
      all.map(async (store, partition) => {
        const found = new Map<string, number>();
        for (let at = 0; at < 20; at++)
          await store.advance({ partition, from: at, to: at + 1 }, async (transaction) => {
            const keys = [`shared ${at}`, `own ${partition} ${at}`, `shared ${at + 1}`];
            const numbers = await transaction.intern('person', keys);
            for (const [place, key] of keys.entries()) found.set(key, numbers[place] ?? 0);
          });
        return found;
      }),
    );
    const keys = await first.dictionary('person', 1);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(21 + 3 * 20);
    for (const found of numbered) for (const [key, number] of found) expect(keys[number - 1]).toBe(key);
  });

  test('of two projectors of one partition one goes on, and the other one stops without having written', async () => {
    const one = await stores.open();
    const other = await stores.open(one.schema);
    for (const [from, to] of [
      [0, 3],
      [3, 9],
    ] as const) {
      const steps = await Promise.allSettled(
        [one, other].map((store, at) =>
          store.advance({ partition: 0, from, to }, async (transaction) => {
            await transaction.putSegments([segmentOf(1, to, { quantityAfter: at })]);
            await transaction.putFacts([{ collection: 'register', position: to, id: `${at}`, body: '{}' }]);
          }),
        ),
      );
      const stopped = steps.flatMap((step) => (step.status === 'rejected' ? [step.reason as unknown] : []));
      expect(stopped).toEqual([expect.objectContaining({ code: 'CHECKPOINT_MOVED', actual: to })]);
      const winner = steps.findIndex(({ status }) => status === 'fulfilled');
      expect(await one.lastSegments(0, [1])).toMatchObject([{ first: to, quantityAfter: winner }]);
      expect((await one.facts('register', from, 9)).map(({ id }) => id)).toEqual([`${winner}`]);
    }
  });

  test('a reader sees what another process has written since, partition by partition', async () => {
    const writer = await stores.open();
    const reader = await stores.open(writer.schema);
    expect(await reader.headsAfter(0, 0)).toEqual([]);
    await writer.advance({ partition: 0, from: 0, to: 5 }, async (transaction) => {
      await transaction.putSegments([segmentOf(1, 4, { last: 5 })]);
    });
    expect(await reader.headsAfter(0, 3)).toMatchObject([{ sheet: 1, first: 4, last: 5 }]);
    expect(await reader.checkpoints()).toEqual(new Map([[0, 5]]));
  });
});

describe('partitions of one process that come on at the same time', () => {
  const begin = { position: 0, offset: 0 };
  const end = { position: 9, offset: 9 };

  /** Steps of partitions 0, 1 and 2, asked for at once. @param from where each is said to stand */
  async function stepsOf(store: PostgresReadStore, from: readonly PartitionStanding[]): Promise<string[]> {
    const steps = await Promise.allSettled(
      from.map(async (standing, partition) =>
        store.readOn({ partition, from: standing, to: end }, async (transaction) => {
          await transaction.putSegments([segmentOf(1, 9, { partition, quantityAfter: partition })]);
        }),
      ),
    );
    return steps.map(({ status }) => status);
  }

  async function opened(): Promise<PostgresReadStore> {
    const store = await stores.open();
    await store.keepFrom({ topic: 'ledger', partitions: 3, group: 'one' });
    return store;
  }

  test('those that wait for another one are written in one transaction', async () => {
    const store = await opened();
    expect(await stepsOf(store, [begin, begin, begin])).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect((await store.lastSegments(2, [1]))[0]).toMatchObject({ partition: 2, quantityAfter: 2 });
    const [first, second, third] = await stores.transactionsOf(store.schema, 'checkpoint', 'partition');
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  test('one that another process has taken over does not hold up the others', async () => {
    const store = await opened();
    const moved = { position: 4, offset: 4 };
    expect(await stepsOf(store, [begin, moved, begin])).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.standing(0)).toEqual(end);
    expect(await store.standing(1)).toEqual(begin);
    expect(await store.standing(2)).toEqual(end);
    expect(await store.lastSegments(1, [1])).toEqual([]);
  });
});

test('a step of many thousands of rows is written as a small one is, long segments among them', async () => {
  const store = await stores.open();
  const bytesOf = (number: number): Uint8Array =>
    new Uint8Array(number % 700 === 0 ? 20_000 : 7).fill(number % 251);
  const many = Array.from({ length: 9001 }, (_, at) => segmentOf(at % 90, at + 1, { bytes: bytesOf(at) }));
  await store.advance({ partition: 0, from: 0, to: 9001 }, async (transaction) => {
    await transaction.putSegments(many);
  });
  const found = await store.segments(
    Array.from({ length: 90 }, (_, sheet) => sheet),
    9001,
  );
  expect(found).toHaveLength(9001);
  for (const { first, bytes } of found) expect(Buffer.compare(bytes, bytesOf(first - 1))).toBe(0);
});

test('an event is parked whatever is said of it', async () => {
  const store = await stores.open();
  await store.advance({ partition: 0, from: 0, to: 1 }, async (transaction) => {
    await transaction.park([{ partition: 0, position: 1, stream: 'a\0b', reason: 'it says \0 "{\\' }]);
  });
  expect(await store.parked(1)).toMatchObject([{ stream: 'a\uFFFDb', reason: 'it says \uFFFD "{\\' }]);
});
