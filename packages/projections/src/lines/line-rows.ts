/**
 * The lines of one thing as they are posted, seven numbers a line: slot, manner × 4 and the mark of its basis, body + 1
 * and person + 1 (0 for none), quantity, first day, last day. Slot and manner stand for everything else that a line says,
 * so two lines are the same exactly where their seven numbers are.
 */
export type LineRows = readonly number[];

export const rowWidth = 7;

/** Up to as many pairs of lines are compared with one another; for more, their texts are. */
const fewPairs = 400;

/** Tells of one line: where in its rows it begins. */
export type OnRow = (rows: LineRows, at: number) => void;

/**
 * What is to be posted so that the lines of a thing become `after`: which went and which came. What stays is not told.
 * Equal lines are counted: two equal lines of one thing are two.
 */
export function tellDifference(before: LineRows, after: LineRows, went: OnRow, came: OnRow): void {
  const pairs = (before.length / rowWidth) * (after.length / rowWidth);
  const stays = pairs <= fewPairs ? matchesOfFew(before, after, went) : matchesOfMany(before, after, went);
  for (let at = 0; at < after.length; at += rowWidth) if (stays[at / rowWidth] !== true) came(after, at);
}

/** Tells what went; returns which lines of `after` stay. */
function matchesOfFew(before: LineRows, after: LineRows, went: OnRow): boolean[] {
  const stays: boolean[] = [];
  for (let at = 0; at < before.length; at += rowWidth) {
    let match = 0;
    while (match < after.length && (stays[match / rowWidth] === true || !same(before, at, after, match)))
      match += rowWidth;
    if (match < after.length) stays[match / rowWidth] = true;
    else went(before, at);
  }
  return stays;
}

function matchesOfMany(before: LineRows, after: LineRows, went: OnRow): boolean[] {
  const unmatched = new Map<string, number[]>();
  for (let at = after.length - rowWidth; at >= 0; at -= rowWidth) {
    const text = textOf(after, at);
    const known = unmatched.get(text);
    if (known === undefined) unmatched.set(text, [at]);
    else known.push(at);
  }
  const stays: boolean[] = [];
  for (let at = 0; at < before.length; at += rowWidth) {
    const match = unmatched.get(textOf(before, at))?.pop();
    if (match === undefined) went(before, at);
    else stays[match / rowWidth] = true;
  }
  return stays;
}

function same(one: LineRows, at: number, other: LineRows, otherAt: number): boolean {
  for (let column = 0; column < rowWidth; column++)
    if (one[at + column] !== other[otherAt + column]) return false;
  return true;
}

function textOf(rows: LineRows, at: number): string {
  return rows.slice(at, at + rowWidth).join(' ');
}
