/** A number measured several times. */
export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
}

/** The value below which a share of the values lies (nearest rank). @throws RangeError where there are none */
export function quantile(values: readonly number[], share: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * ascending.length));
  const found = ascending[rank - 1];
  if (found === undefined) throw new RangeError('There is nothing of which a quantile could be taken');
  return found;
}

/** The middle value; of an even number the mean of the two in the middle. @throws RangeError where there are none */
export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const half = Math.floor(ascending.length / 2);
  const upper = ascending[half];
  if (upper === undefined) throw new RangeError('There is nothing of which a median could be taken');
  return ascending.length % 2 === 1 ? upper : (upper + (ascending[half - 1] ?? upper)) / 2;
}

/** Median and spread. @throws RangeError where nothing was measured */
export function figureOf(values: readonly number[]): Figure {
  return {
    median: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
    rounds: values.length,
  };
}

/** How far the values lie apart, as a share of the median. */
export function spreadOf({ median: middle, least, most }: Figure): number {
  return middle === 0 ? 0 : (most - least) / middle;
}
