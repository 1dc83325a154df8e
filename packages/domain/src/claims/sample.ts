/** One claim of a population that is sampled. */
export interface Sampled {
  /** Names it the same for ever; the order of these is the order of the population. */
  readonly id: string;
  readonly pence: number;
}

/** How a sample is drawn: the largest whole, and of the others by monetary unit. */
export interface SampleDesign {
  readonly top: number;
  readonly units: number;
  /** Decides where the first unit lies; the same seed draws the same sample. */
  readonly seed: number;
}

export interface SampleDrawn {
  readonly largest: readonly Sampled[];
  /** Drawn by monetary unit; one that is larger than the interval is drawn once, with all the units in it. */
  readonly byUnit: readonly (Sampled & { readonly units: number })[];
  /** One unit in so many pence is drawn. */
  readonly intervalPence: number;
  readonly populationPence: number;
  readonly sampledPence: number;
}

/** A number of a seed, spread evenly: the first of mulberry32, in 32 bits. */
function firstOf(seed: number): number {
  let word = (seed + 0x6d2b79f5) | 0;
  word = Math.imul(word ^ (word >>> 15), word | 1);
  word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
  return (word ^ (word >>> 14)) >>> 0;
}

/** A whole number shared out, rounded up. */
function sharedUp(whole: number, shares: number): number {
  const raised = BigInt(whole) + BigInt(shares) - 1n;
  return Number(raised / BigInt(shares));
}

/**
 * Draws a sample that can be drawn again: the largest claims, and of the others every claim in which a unit lies, one in
 * every interval from a start that the seed decides (B11). Claims of nothing are never drawn.
 */
export function drawSample(population: readonly Sampled[], { top, units, seed }: SampleDesign): SampleDrawn {
  const valued = population.filter(({ pence }) => pence > 0);
  const bySize = [...valued].sort((a, b) => b.pence - a.pence || (a.id < b.id ? -1 : 1));
  const largest = bySize.slice(0, top);
  const rest = bySize.slice(top).sort((a, b) => (a.id < b.id ? -1 : 1));
  const sum = (of: readonly Sampled[]): number => of.reduce((total, { pence }) => total + pence, 0);
  const restPence = sum(rest);
  const intervalPence = units === 0 ? 0 : Math.max(1, sharedUp(restPence, units));
  const byUnit: (Sampled & { units: number })[] = [];
  let next = intervalPence === 0 ? Infinity : firstOf(seed) % intervalPence;
  let passed = 0;
  for (const claim of rest) {
    passed += claim.pence;
    let hit = 0;
    for (; next < passed; next += intervalPence) hit += 1;
    if (hit > 0) byUnit.push({ ...claim, units: hit });
  }
  return {
    largest,
    byUnit,
    intervalPence,
    populationPence: sum(valued),
    sampledPence: sum(largest) + sum(byUnit),
  };
}

/**
 * What the sample says of the population, in pence: what was not verified of the largest, and of each unit the part that
 * was not, times the interval. Half a penny is rounded up.
 * @param verified of each claim of the sample, what is verified of it
 */
export function projectedMisstatement(
  { largest, byUnit, intervalPence }: SampleDrawn,
  verified: ReadonlyMap<string, number>,
): number {
  let pence = 0n;
  for (const { id, pence: claimed } of largest) pence += BigInt(claimed - (verified.get(id) ?? 0));
  for (const { id, pence: claimed, units } of byUnit) {
    const wrong = BigInt(claimed - (verified.get(id) ?? 0));
    // A claim larger than the interval stands for itself; of others each unit stands for an interval.
    if (claimed >= intervalPence) pence += wrong;
    else {
      const doubled = 2n * wrong * BigInt(units) * BigInt(intervalPence) + BigInt(claimed);
      const divisor = 2n * BigInt(claimed);
      pence += doubled / divisor;
    }
  }
  return Number(pence);
}
