import type { FactRow, ReadStore } from '../port';
import { segmentOf } from './segment-of';

/** The behaviour of every read store. An adapter enrols with a factory and nothing else. */
export function readStoreCompliance(name: string, open: () => Promise<ReadStore>): void {
  describe(`${name} is a read store`, () => {
    let store: ReadStore;
    beforeEach(async () => (store = await open()));
    afterEach(async () => store.close());

    const fact = (position: number, collection = 'register'): FactRow => ({
      collection,
      position,
      id: `event ${position}`,
      body: JSON.stringify({ position }),
    });
    const nothing = async (): Promise<void> => undefined;

    test('a step writes everything and moves the checkpoint', async () => {
      await store.advance({ partition: 0, from: 0, to: 7 }, async (transaction) => {
        expect(await transaction.intern('sheet', ['a', 'b', 'a'])).toEqual([1, 2, 1]);
        await transaction.putSegments([segmentOf(1, 3)]);
        await transaction.putFacts([fact(3)]);
        await transaction.park([{ partition: 0, position: 4, stream: 's', reason: 'r' }]);
      });
      expect(await store.checkpoints()).toEqual(new Map([[0, 7]]));
      expect(await store.dictionary('sheet', 2)).toEqual(['b']);
      const [stored] = await store.segments([1], 7);
      expect({ ...stored, bytes: [...(stored?.bytes ?? [])] }).toEqual({
        ...segmentOf(1, 3),
        bytes: [1, 2, 3],
      });
      expect(await store.facts('register', 0, 9)).toEqual([fact(3)]);
      expect(await store.parked(7)).toEqual([{ partition: 0, position: 4, stream: 's', reason: 'r' }]);
      expect(await store.parked(3)).toEqual([]);
    });

    test('a step that fails leaves nothing but numbers in a dictionary', async () => {
      const failing = store.advance({ partition: 0, from: 0, to: 7 }, async (transaction) => {
        await transaction.putSegments([segmentOf(1, 3)]);
        await transaction.putFacts([fact(3)]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store.checkpoints()).toEqual(new Map());
      expect(await store.segments([1], 9)).toEqual([]);
      expect(await store.facts('register', 0, 9)).toEqual([]);
    });

    test('a step from elsewhere than the checkpoint is refused: another writer has been there', async () => {
      await store.advance({ partition: 0, from: 0, to: 5 }, nothing);
      await expect(store.advance({ partition: 0, from: 4, to: 6 }, nothing)).rejects.toMatchObject({
        code: 'CHECKPOINT_MOVED',
        actual: 5,
      });
      await store.advance({ partition: 1, from: 0, to: 2 }, nothing);
      expect(await store.checkpoints()).toEqual(
        new Map([
          [0, 5],
          [1, 2],
        ]),
      );
    });

    test('steps asked for at once run one after another', async () => {
      const order: string[] = [];
      const step = (partition: number): Promise<void> =>
        store.advance({ partition, from: 0, to: 1 }, async () => {
          order.push(`begin ${partition}`);
          await new Promise((resolve) => setImmediate(resolve));
          order.push(`end ${partition}`);
        });
      await Promise.all([step(0), step(1)]);
      expect(order).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1']);
    });

    test('a segment written again replaces the one of its place; others stay, by partition and position', async () => {
      await store.advance({ partition: 0, from: 0, to: 9 }, async (transaction) => {
        await transaction.putSegments([
          segmentOf(1, 1),
          segmentOf(1, 5),
          segmentOf(2, 2),
          segmentOf(1, 2, { partition: 1 }),
        ]);
        await transaction.putSegments([segmentOf(1, 5, { last: 8, postings: 2 })]);
      });
      const found = await store.segments([1], 9);
      expect(found.map(({ partition, first, last }) => [partition, first, last])).toEqual([
        [0, 1, 1],
        [0, 5, 8],
        [1, 2, 2],
      ]);
      expect((await store.segments([1], 4)).map(({ first }) => first)).toEqual([1, 2]);
      expect((await store.segments([2, 1, 7], 4)).map(({ sheet, first }) => [sheet, first])).toEqual([
        [1, 1],
        [1, 2],
        [2, 2],
      ]);
      const last = await store.lastSegments(0, [2, 9, 1]);
      expect(
        last.map(({ sheet, first }) => [sheet, first]).sort(([one], [other]) => (one ?? 0) - (other ?? 0)),
      ).toEqual([
        [1, 5],
        [2, 2],
      ]);
      expect(await store.lastSegments(0, [])).toEqual([]);
      expect(await store.lastSegments(7, [1])).toEqual([]);
    });

    describe('where sheets end', () => {
      beforeEach(async () => {
        await store.advance({ partition: 0, from: 0, to: 9 }, async (transaction) => {
          await transaction.putSegments([
            segmentOf(1, 1, { last: 3 }),
            segmentOf(1, 5, { last: 8, linesAfter: 4 }),
            segmentOf(2, 2),
          ]);
        });
        await store.advance({ partition: 1, from: 0, to: 9 }, async (transaction) => {
          await transaction.putSegments([segmentOf(1, 4, { partition: 1, last: 6 })]);
        });
      });
      test('is found for any position, partition by partition', async () => {
        const firsts = async (upTo: number): Promise<number[]> =>
          (await store.segmentsAt(1, upTo)).map(({ first }) => first);
        expect([await firsts(0), await firsts(1), await firsts(4), await firsts(9)]).toEqual([
          [],
          [1],
          [1, 4],
          [5, 4],
        ]);
        const [whole] = await store.segmentsAt(1, 9);
        expect([...(whole?.bytes ?? [])]).toEqual([1, 2, 3]);
      });
      test('is read on from where a sheet had been read to', async () => {
        const since = async (upTo: number, ...sheets: [number, number][]): Promise<unknown[]> => {
          const read = sheets.map(([sheet, after]) => ({ sheet, after }));
          return (await store.segmentsAfter(read, upTo)).map(({ sheet, partition, first }) => [
            sheet,
            partition,
            first,
          ]);
        };
        expect(await since(9, [1, 2])).toEqual([
          [1, 0, 1],
          [1, 0, 5],
          [1, 1, 4],
        ]);
        expect(await since(9, [1, 3], [2, 1])).toEqual([
          [1, 0, 5],
          [1, 1, 4],
          [2, 0, 2],
        ]);
        expect(await since(9, [1, 6], [2, 2], [7, 0])).toEqual([[1, 0, 5]]);
        expect(await since(4, [1, 3])).toEqual([[1, 1, 4]]);
        expect(await since(9)).toEqual([]);
      });
      test('is told for what changed after a position', async () => {
        const changed = async (partition: number, after: number): Promise<unknown[]> =>
          (await store.headsAfter(partition, after)).map(({ sheet, first, last }) => [sheet, first, last]);
        expect(await changed(0, 0)).toEqual([
          [2, 2, 2],
          [1, 1, 3],
          [1, 5, 8],
        ]);
        expect(await changed(0, 3)).toEqual([[1, 5, 8]]);
        expect(await changed(0, 8)).toEqual([]);
        expect(await changed(1, 0)).toEqual([[1, 4, 6]]);
        expect((await store.headsAfter(0, 3))[0]).toMatchObject({ linesAfter: 4, quantityAfter: 5 });
      });
    });

    test('each dictionary numbers by itself, and the same key is the same number for ever', async () => {
      await store.advance({ partition: 0, from: 0, to: 1 }, async (transaction) => {
        expect(await transaction.intern('body', ['x', 'y'])).toEqual([1, 2]);
        expect(await transaction.intern('person', ['y'])).toEqual([1]);
        expect(await transaction.intern('manner', ['z', 'x'])).toEqual([1, 2]);
      });
      await store.advance({ partition: 0, from: 1, to: 2 }, async (transaction) => {
        expect(await transaction.intern('body', ['w', 'y'])).toEqual([3, 2]);
      });
      expect(await store.dictionary('body', 1)).toEqual(['x', 'y', 'w']);
      expect(await store.dictionary('person', 2)).toEqual([]);
    });

    test('facts are followed in the order of their positions, collection by collection', async () => {
      await store.advance({ partition: 0, from: 0, to: 20 }, async (transaction) => {
        await transaction.putFacts([fact(2), fact(9), fact(4, 'catalogue')]);
      });
      await store.advance({ partition: 1, from: 0, to: 20 }, async (transaction) => {
        await transaction.putFacts([fact(5)]);
      });
      const positions = async (after: number, limit: number): Promise<number[]> =>
        (await store.facts('register', after, limit)).map(({ position }) => position);
      expect([await positions(0, 9), await positions(0, 2), await positions(5, 9)]).toEqual([
        [2, 5, 9],
        [2, 5],
        [9],
      ]);
      expect([await store.countFacts('register'), await store.countFacts('import')]).toEqual([3, 0]);
    });

    test('a store keeps what is said of it', async () => {
      expect(await store.label()).toBeNull();
      await store.setLabel('figures 1');
      await store.setLabel('figures 2');
      expect(await store.label()).toBe('figures 2');
    });
  });
}
