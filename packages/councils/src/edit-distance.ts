/** More than any distance. */
const beyond = 2 ** 30;

/**
 * Rows that are used again for each pair of texts: names are compared by the million, and making rows took longer than
 * filling them.
 */
let rows = rowsOf(64);

function rowsOf(length: number): [Int32Array, Int32Array, Int32Array] {
  return [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
}

/**
 * How many letters to add, leave out or change between two texts, neighbours swapped as one step; more than the limit, or
 * Infinity, beyond it.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  // Beginnings that differ in length by more than the limit are beyond it, so only those beside the diagonal are looked at.
  const width = Math.floor(limit);
  if (rows[0].length < b.length + 2) rows = rowsOf(2 * b.length + 2);
  // The steps from the beginning of one text to each beginning of the other: with two letters less, one less, and now.
  let [before, last, row] = rows;
  for (let at = 0; at <= b.length; at++) last[at] = at;
  let leastOfLast = 0;
  for (let i = 1; i <= a.length; i++) {
    const first = Math.max(1, i - width);
    const end = Math.min(b.length, i + width);
    row[first - 1] = first === 1 ? i : beyond;
    let least = first === 1 ? i : beyond;
    const letter = a.charCodeAt(i - 1);
    for (let j = first; j <= end; j++) {
      const same = letter === b.charCodeAt(j - 1) ? 0 : 1;
      let best = Math.min(
        (last[j] ?? beyond) + 1,
        (row[j - 1] ?? beyond) + 1,
        (last[j - 1] ?? beyond) + same,
      );
      if (
        same === 1 &&
        i > 1 &&
        j > 1 &&
        letter === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      )
        best = Math.min(best, (before[j - 2] ?? beyond) + 1);
      row[j] = best;
      if (best < least) least = best;
    }
    row[end + 1] = beyond;
    // Whatever comes is no nearer than what it goes on from, and a swap goes on from before the last letter.
    if (least > limit && leastOfLast > limit) return Number.POSITIVE_INFINITY;
    leastOfLast = least;
    [before, last, row] = [last, row, before];
  }
  return last[b.length] ?? beyond;
}
