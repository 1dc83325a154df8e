import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { partitionOf } from '.';

/** As published with Kafka's own client: keys and their hashes, of which the sign is left out. */
const published: readonly (readonly [key: string, hash: number])[] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];

test.each(published)('the key %s is in the partition that every client of Kafka looks in', (key, hash) => {
  for (const partitions of [1, 6, 97, 2 ** 20])
    expect(partitionOf(key, partitions)).toBe((hash & 0x7fffffff) % partitions);
});

test('any key is in the partition in which KafkaJS would put it', () => {
  const theirs = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.integer({ min: 1, max: 64 }),
      (key, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 1,
          replicas: [1],
          isr: [1],
        }));
        const message = { key, value: null };
        expect(partitionOf(key, partitions)).toBe(theirs({ topic: 'any', partitionMetadata, message }));
      },
    ),
  );
});
