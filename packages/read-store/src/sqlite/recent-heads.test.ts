import { segmentOf } from '../compliance/segment-of';
import type { Segment } from '../port';
import { RecentHeads } from './recent-heads';

const segment = (sheet: number, first: number, last: number): Segment => segmentOf(sheet, first, { last });

/** Sheet and end of what is known to end after a position. */
function after(recent: RecentHeads, position: number): readonly (readonly number[])[] | undefined {
  return recent.after(0, position)?.map(({ sheet, last }) => [sheet, last]);
}

describe('what the last steps wrote', () => {
  it('is known from the first step that is remembered, each segment as it stands now', () => {
    const recent = new RecentHeads();
    expect(after(recent, 10)).toBeUndefined();
    recent.add(0, 10, 12, [segment(1, 11, 12), segment(2, 11, 11)]);
    recent.add(0, 12, 14, [segment(1, 11, 13), segment(3, 14, 14)]);
    expect(after(recent, 9)).toBeUndefined();
    expect(after(recent, 10)).toEqual([
      [2, 11],
      [1, 13],
      [3, 14],
    ]);
    expect(after(recent, 13)).toEqual([[3, 14]]);
    expect(after(recent, 14)).toEqual([]);
    expect(recent.after(1, 14)).toBeUndefined();
  });

  it('is not known where another wrote in between', () => {
    const recent = new RecentHeads();
    recent.add(0, 0, 1, [segment(1, 1, 1)]);
    recent.add(0, 5, 6, [segment(1, 1, 6)]);
    expect(after(recent, 1)).toBeUndefined();
    expect(after(recent, 5)).toEqual([[1, 6]]);
  });

  it('lets the older steps go where they have become many', () => {
    const recent = new RecentHeads(4);
    for (let at = 0; at < 10; at++) recent.add(0, at, at + 1, [segment(at, at + 1, at + 1)]);
    expect(after(recent, 0)).toBeUndefined();
    expect(after(recent, 8)).toEqual([
      [8, 9],
      [9, 10],
    ]);
  });
});
