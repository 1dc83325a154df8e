import { inRounds, type RoundProgress } from './rounds';
import type { Run } from './sample';

test('contenders take turns, in the opposite order every second round', async () => {
  const order: string[] = [];
  const run = (name: string): Run => ({
    name,
    run: async (round) => {
      order.push(`${name}${round}`);
      return { values: { n: round }, wallSeconds: 1, cpuSeconds: 1 };
    },
  });
  const told: RoundProgress[] = [];
  const samples = await inRounds([run('a'), run('b')], 3, (progress) => told.push(progress));
  expect(order).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  expect(samples.get('b')?.map(({ values }) => values['n'])).toEqual([0, 1, 2]);
  expect(told.map(({ done, of }) => [done, of])).toEqual([0, 1, 2, 3, 4, 5].map((done) => [done, 6]));
});
