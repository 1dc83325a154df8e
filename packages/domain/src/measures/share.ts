/** A share as it is printed (D4): always with numerator and base. */
export interface Share {
  readonly numerator: number;
  readonly base: number;
  /** A whole number, the exact ratio rounded half up; null on base 0. */
  readonly percentage: number | null;
  /** "52%", "3 of 7" where the base is under ten, "no councils" on base 0. */
  readonly shown: string;
}

/** Bases under this are shown as counts (D4). */
const smallBase = 10;

/** @throws RangeError where the numerator is not within the base: such a share would be a defect. */
export function shareOf(numerator: number, base: number, none = 'none'): Share {
  if (numerator < 0 || numerator > base) throw new RangeError(`${numerator} of ${base} is no share`);
  if (base === 0) return { numerator, base, percentage: null, shown: none };
  // Half up on the exact ratio, in whole numbers: ⌊(200n + b) / 2b⌋.
  const percentage = Math.floor((200 * numerator + base) / (2 * base));
  return {
    numerator,
    base,
    percentage,
    shown: base < smallBase ? `${numerator} of ${base}` : `${percentage}%`,
  };
}

/** Whether a printed percentage is what some whole number of the base gives; if not, the nearest two that can be. */
export type Attainability =
  | { readonly attainable: true; readonly numerators: readonly number[] }
  | {
      readonly attainable: false;
      readonly nearest: readonly { readonly numerator: number; readonly percentage: string }[];
    };

/** `percentage` as printed, with as many decimals as printed ("48", "90.88"); 0 < base. */
export function attainability(percentage: string, base: number): Attainability {
  const decimals = percentage.split('.')[1]?.length ?? 0;
  const scale = 10 ** decimals;
  const printed = Math.round(Number(percentage) * scale);
  const rounded = (numerator: number): number => Math.floor((200 * scale * numerator + base) / (2 * base));
  const guess = Math.floor((printed * base) / (100 * scale));
  const numerators: number[] = [];
  for (let numerator = Math.max(0, guess - 2); numerator <= Math.min(base, guess + 3); numerator++)
    if (rounded(numerator) === printed) numerators.push(numerator);
  if (numerators.length > 0) return { attainable: true, numerators };
  const below = Math.max(0, Math.min(base, guess));
  const nearest = [below, Math.min(base, below + 1)].map((numerator) => ({
    numerator,
    percentage: (rounded(numerator) / scale).toFixed(decimals),
  }));
  return { attainable: false, nearest };
}
