import fc from 'fast-check';
import { bytesAtOnce, inBatches } from './batches';

test('events are written in order and all of them, in parts that a broker takes at once', () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 262_144 })));
  fc.assert(
    fc.property(sizes, (sizes) => {
      const events = sizes.map((size, at) => ({
        position: BigInt(at + 1),
        revision: 0n,
        stream: `theme-${at}`,
        bytes: new Uint8Array(size),
      }));
      const batches = [...inBatches(events)];
      expect(batches.flat()).toEqual(events);
      for (const batch of batches)
        expect(batch.reduce((total, { bytes }) => total + bytes.length, 0)).toBeLessThanOrEqual(bytesAtOnce);
    }),
  );
});
