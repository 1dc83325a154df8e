/**
 * How many letters to add, leave out or change between two texts, neighbours swapped as one step; more than the limit, or
 * Infinity, beyond it.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  // The steps from the beginning of one text to each beginning of the other: with two letters less, one less, and now.
  let [before, last, row] = [[0], Array.from({ length: b.length + 1 }, (_, at) => at), [0]];
  let leastOfLast = 0;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const same = letter === b.charCodeAt(j - 1) ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (
        same === 1 &&
        i > 1 &&
        j > 1 &&
        letter === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      )
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row[j] = best;
      if (best < least) least = best;
    }
    // Whatever comes is no nearer than what it goes on from, and a swap goes on from before the last letter.
    if (least > limit && leastOfLast > limit) return Number.POSITIVE_INFINITY;
    leastOfLast = least;
    [before, last, row] = [last, row, before];
  }
  return last[b.length] ?? Number.POSITIVE_INFINITY;
}
