import fc from 'fast-check';
import { lifeEvents, requestOf } from '../data/life-events';
import { batchesOf, shared } from './append-input';

test('events are cut into appends of the size asked for, in order', () => {
  const batches = batchesOf({ events: 950, batch: 100 });
  expect(batches.map(({ length }) => length)).toEqual([...Array.from({ length: 9 }, () => 100), 50]);
  expect(batches.flat()).toEqual([...lifeEvents({ seed: 7, count: 950 })]);
});

test('every event comes once, each stream in the order of its revisions', () => {
  const next = new Map<string, number>();
  const ids = new Set<string>();
  for (const { stream, revision, event } of lifeEvents({ seed: 5, count: 4000 })) {
    expect(revision).toBe(next.get(stream) ?? 0);
    next.set(stream, revision + 1);
    ids.add(event.id);
  }
  expect(ids.size).toBe(4000);
});

test('an append that goes on with a stream expects the revision it left off at', () => {
  const events = [...lifeEvents({ seed: 5, count: 400 })];
  const at = events.findIndex(({ revision }) => revision === 1);
  const { writes } = requestOf(events.slice(at, at + 1), 'second');
  expect(writes).toMatchObject([{ expected: 0n, stream: events[at]?.stream }]);
  expect(requestOf(events.slice(at - 1, at + 1), 'both').writes).toMatchObject([{ expected: 'no-stream' }]);
});

test('callers share out all appends, and those of one stream stay with one caller, in order', () => {
  const streams = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(streams, fc.integer({ min: 1, max: 9 }), (lengths, callers) => {
      const batches = lengths.flatMap(([length], number) =>
        Array.from({ length }, (_, step) => [{ stream: `s${number}`, step }]),
      );
      const shares = shared(batches, callers);
      expect(shares.flat()).toHaveLength(batches.length);
      for (const [number] of lengths.entries()) {
        const holding = shares.filter((share) => share.some(([one]) => one?.stream === `s${number}`));
        expect(holding).toHaveLength(1);
        const steps = holding[0]?.flatMap(([one]) => (one?.stream === `s${number}` ? one.step : []));
        expect(steps).toEqual([...(steps ?? [])].sort((a, b) => a - b));
      }
    }),
  );
});
