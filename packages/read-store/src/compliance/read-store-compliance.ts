import type { DocumentVersion, ReadStore, Segment } from '../port';

/** The behaviour of every read store. An adapter enrols with a factory and nothing else. */
export function readStoreCompliance(name: string, open: () => Promise<ReadStore>): void {
  describe(`${name} is a read store`, () => {
    let store: ReadStore;
    beforeEach(async () => (store = await open()));
    afterEach(async () => store.close());

    const segment = (sheet: number, first: number, more: Partial<Segment> = {}): Segment => ({
      partition: 0,
      sheet,
      first,
      last: first,
      postings: 1,
      linesBefore: 0,
      quantityBefore: 0,
      linesAfter: 1,
      quantityAfter: 5,
      bytes: Uint8Array.of(1, 2, 3),
      ...more,
    });
    const document = (
      id: string,
      ordinal: number,
      position: number,
      more: Partial<DocumentVersion> = {},
    ): DocumentVersion => ({
      collection: 'activity',
      id,
      ordinal,
      position,
      keys: [],
      search: '',
      body: JSON.stringify({ id, position }),
      ...more,
    });
    const bodies = (found: readonly { readonly body: string }[]): string[] => found.map(({ body }) => body);

    test('a step writes everything and moves the checkpoint', async () => {
      await store.advance({ partition: 0, from: 0, to: 7 }, async (transaction) => {
        expect(await transaction.intern('sheet', ['a', 'b', 'a'])).toEqual([1, 2, 1]);
        await transaction.putSegments([segment(1, 3)]);
        await transaction.putDocuments([document('x', 3, 3)]);
        await transaction.park([{ partition: 0, position: 4, stream: 's', reason: 'r' }]);
      });
      expect(await store.checkpoints()).toEqual(new Map([[0, 7]]));
      expect(await store.dictionary('sheet', 2)).toEqual(['b']);
      const [stored] = await store.segments(1, 7);
      expect({ ...stored, bytes: [...(stored?.bytes ?? [])] }).toEqual({
        ...segment(1, 3),
        bytes: [1, 2, 3],
      });
      expect((await store.document('activity', 'x', 7))?.position).toBe(3);
      expect(await store.parked(7)).toEqual([{ partition: 0, position: 4, stream: 's', reason: 'r' }]);
      expect(await store.parked(3)).toEqual([]);
    });

    test('a step that fails leaves nothing but numbers in a dictionary', async () => {
      const failing = store.advance({ partition: 0, from: 0, to: 7 }, async (transaction) => {
        await transaction.putSegments([segment(1, 3)]);
        await transaction.putDocuments([document('x', 3, 3)]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await store.checkpoints()).toEqual(new Map());
      expect(await store.segments(1, 9)).toEqual([]);
      expect(await store.document('activity', 'x', 9)).toBeUndefined();
    });

    test('a step from elsewhere than the checkpoint is refused: another writer has been there', async () => {
      const nothing = async (): Promise<void> => undefined;
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
          segment(1, 1),
          segment(1, 5),
          segment(2, 2),
          segment(1, 2, { partition: 1 }),
        ]);
        await transaction.putSegments([segment(1, 5, { last: 8, postings: 2 })]);
      });
      const found = await store.segments(1, 9);
      expect(found.map(({ partition, first, last }) => [partition, first, last])).toEqual([
        [0, 1, 1],
        [0, 5, 8],
        [1, 2, 2],
      ]);
      expect((await store.segments(1, 4)).map(({ first }) => first)).toEqual([1, 2]);
      expect((await store.lastSegment(0, 1))?.first).toBe(5);
      expect(await store.lastSegment(0, 9)).toBeUndefined();
    });

    describe('documents', () => {
      beforeEach(async () => {
        await store.advance({ partition: 0, from: 0, to: 20 }, async (transaction) => {
          await transaction.putDocuments([
            document('a', 1, 1, { keys: ['offer:x'], search: 'peer challenge' }),
            document('b', 2, 2, { keys: ['offer:x', 'year:1'], search: 'peer support' }),
            document('c', 3, 3, { keys: ['offer:y'], search: 'conference' }),
            document('a', 1, 10, { keys: ['offer:y'], search: 'panel' }),
          ]);
        });
      });
      test('are found as at a position', async () => {
        expect((await store.document('activity', 'a', 9))?.position).toBe(1);
        expect((await store.document('activity', 'a', 10))?.position).toBe(10);
        expect(await store.document('activity', 'c', 2)).toBeUndefined();
        expect(await store.document('claim', 'a', 10)).toBeUndefined();
      });
      test('are listed from the newest, by keys and words, as at a position', async () => {
        const list = (upTo: number, more = {}): Promise<string[]> =>
          store
            .documents({ collection: 'activity', upTo, limit: 10, ...more })
            .then((found) => found.map(({ id }) => id));
        expect(await list(20)).toEqual(['c', 'b', 'a']);
        expect(await list(2)).toEqual(['b', 'a']);
        expect(await list(9, { keys: ['offer:x'] })).toEqual(['b', 'a']);
        expect(await list(20, { keys: ['offer:x'] })).toEqual(['b']);
        expect(await list(20, { keys: ['offer:x', 'year:2'] })).toEqual([]);
        expect(await list(20, { keys: ['offer:y'] })).toEqual(['c', 'a']);
        expect(await list(20, { words: ['peer'] })).toEqual(['b']);
        expect(await list(9, { words: ['peer', 'chall'] })).toEqual(['a']);
        expect(await list(20, { beforeOrdinal: 3, limit: 1 })).toEqual(['b']);
        expect(await store.countDocuments({ collection: 'activity', upTo: 20, keys: ['offer:y'] })).toBe(2);
      });
      test('are followed by their ordinals, in their last version', async () => {
        const after = await store.documentsAfter('activity', 0, 2);
        expect(bodies(after)).toEqual([
          JSON.stringify({ id: 'a', position: 10 }),
          JSON.stringify({ id: 'b', position: 2 }),
        ]);
        expect((await store.documentsAfter('activity', 2, 5)).map(({ id }) => id)).toEqual(['c']);
      });
    });
  });
}
