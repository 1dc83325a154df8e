import { EventFold } from './event-fold';
import { historyFromLog } from './stream-history';

/** Of nothing that was recorded. */
const noHistory = historyFromLog({
  async *readStream() {
    // No stream has an event.
  },
});

test.each([
  ['figures', 'records'],
  ['documents', 'figures'],
] as const)(
  'what %s make can be handed to another thread again and again, with nothing of %s',
  (of, other) => {
    const fold = new EventFold(noHistory, [{ of: [of], parked: [] }]);
    const [[first], [second]] = [fold.take(), fold.take()];
    if (first === undefined || second === undefined) throw new RangeError('A store got no chunk');
    const hand = (chunk: typeof first): void => {
      const { lines, things } = chunk[other];
      structuredClone(chunk, { transfer: [lines.buffer, things.buffer] });
    };
    hand(first);
    // Some releases of Node hand over what is gone already without a word.
    expect(second[other].lines.buffer).not.toBe(first[other].lines.buffer);
    expect(() => hand(second)).not.toThrow();
  },
);
