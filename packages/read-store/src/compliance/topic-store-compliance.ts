import type { KeptEvent, TopicReadStore, TopicSource } from '../topic-store';
import { segmentOf } from './segment-of';

const source: TopicSource = { topic: 'ledger', partitions: 3, group: 'one' };
const start = { position: 0, offset: 0 };

function kept(stream: string, revision: number, position: number): KeptEvent {
  return { stream, revision, position, bytes: Uint8Array.from([revision, position, 0, 255]) };
}

const plain = ({ bytes, ...rest }: KeptEvent): object => ({ ...rest, bytes: [...bytes] });

/** The behaviour of every read store that is kept from a topic. */
export function topicStoreCompliance(name: string, open: () => Promise<TopicReadStore>): void {
  describe(`${name} is a read store that is kept from a topic`, () => {
    let store: TopicReadStore;
    beforeEach(async () => (store = await open()));
    afterEach(async () => store.close());

    test('whoever says first what it is kept from has said it for all; then every partition is at its beginning', async () => {
      expect(await store.source()).toBeUndefined();
      expect(await store.keepFrom(source)).toEqual(source);
      expect(await store.keepFrom({ ...source, group: 'other' })).toEqual(source);
      expect(await store.source()).toEqual(source);
      expect([...(await store.checkpoints())]).toEqual([
        [0, 0],
        [1, 0],
        [2, 0],
      ]);
      expect(await store.standing(2)).toEqual(start);
    });

    test('a step writes everything and moves position and offset together', async () => {
      await store.keepFrom(source);
      const to = { position: 9, offset: 20 };
      await store.readOn({ partition: 1, from: start, to }, async (transaction) => {
        await transaction.putSegments([segmentOf(1, 3, { partition: 1 })]);
        await transaction.keepEvents([kept('b', 0, 3), kept('a', 1, 7), kept('a', 0, 5)]);
      });
      expect(await store.standing(1)).toEqual(to);
      expect(await store.standing(0)).toEqual(start);
      expect(await store.segments([1], 9)).toHaveLength(1);
      expect((await store.events(['a', 'b', 'none'])).map(plain)).toEqual(
        [kept('a', 0, 5), kept('a', 1, 7), kept('b', 0, 3)].map(plain),
      );
      expect(await store.revisions(['a', 'none'])).toEqual(new Map([['a', [0, 1]]]));
      expect(await store.revisions([])).toEqual(new Map());
    });

    test.each([
      ['position', { position: 4, offset: 20 }],
      ['offset', { position: 9, offset: 19 }],
    ])(
      'a step from another %s than where the partition stands is refused, and writes nothing',
      async (_what, from) => {
        await store.keepFrom(source);
        await store.readOn(
          { partition: 0, from: start, to: { position: 9, offset: 20 } },
          async () => undefined,
        );
        const step = { partition: 0, from, to: { position: 12, offset: 30 } };
        const refused = store.readOn(step, async (transaction) => {
          await transaction.keepEvents([kept('a', 0, 5)]);
          await transaction.putFacts([{ collection: 'register', position: 10, id: 'x', body: '{}' }]);
        });
        await expect(refused).rejects.toMatchObject({ code: 'CHECKPOINT_MOVED' });
        expect(await store.events(['a'])).toEqual([]);
        expect(await store.countFacts('register')).toBe(0);
        expect(await store.standing(0)).toEqual({ position: 9, offset: 20 });
      },
    );

    test('reading goes on though no position does', async () => {
      await store.keepFrom(source);
      await store.readOn(
        { partition: 0, from: start, to: { position: 0, offset: 5 } },
        async () => undefined,
      );
      expect(await store.standing(0)).toEqual({ position: 0, offset: 5 });
    });
  });
}
