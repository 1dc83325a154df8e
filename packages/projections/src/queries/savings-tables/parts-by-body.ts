import type { BodiesOfClaim } from './bodies-of-claims';
import { amountColumns, noAmounts, type AmountName, type ClaimAmounts } from './claim-amounts';
import type { ClaimOfTable } from './claims-of-table';

/** The row of what is several bodies' together, with no share given. */
export const notApportioned = 'not-apportioned';

/** Parts of a claim by the row that they stand in: a body's id, `notApportioned`, or null for claims of no body. */
export type PartsOfClaim = ReadonlyMap<string | null, ClaimAmounts>;

/**
 * Pence that follow from shares, one part for each: exact as far as whole pence go, and the pennies left over where most
 * was cut off (B4). The parts come to the pence again.
 */
export function inShares(pence: number, shares: readonly number[]): readonly number[] {
  const whole = shares.reduce((sum, share) => sum + BigInt(share), 0n);
  if (whole === 0n) return shares.map(() => 0);
  const parts = shares.map((share, at) => {
    // Pence times pence may be more than a number holds exactly.
    const exact = BigInt(pence) * BigInt(share);
    return { at, pence: Number(exact / whole), cutOff: exact % whole };
  });
  let left = pence - parts.reduce((sum, part) => sum + part.pence, 0);
  const byCutOff = [...parts].sort((a, b) =>
    a.cutOff === b.cutOff ? a.at - b.at : a.cutOff > b.cutOff ? -1 : 1,
  );
  for (const part of byCutOff) {
    if (left === 0) break;
    part.pence += 1;
    left -= 1;
  }
  return parts.map((part) => part.pence);
}

/**
 * Whether the shares are given of exactly this amount: it is the whole that they come to, and the claim has amounts of no
 * other year. Another amount was given to nobody in particular, and nothing divides it.
 */
function areSharesOf(claim: ClaimOfTable, name: AmountName, whole: number): boolean {
  const { amounts, isOfYearAlone } = claim;
  if (amounts[name] !== whole) return false;
  if (name === 'lifetimeEstimate' || name === 'deliveredToDate') return true;
  // What a gain cost is given of the claim alone.
  return isOfYearAlone && (name !== 'net' || amounts.delivered === amounts.net);
}

class Parts {
  readonly #byRow = new Map<string, Record<AmountName, number>>();

  add(row: string, name: AmountName | undefined, pence: number): void {
    if (name === undefined || pence === 0) return;
    const amounts = this.#byRow.get(row) ?? { ...noAmounts };
    amounts[name] += pence;
    this.#byRow.set(row, amounts);
  }

  get byRow(): PartsOfClaim {
    return this.#byRow;
  }
}

/** What of a claim stands under which body: the whole under one, shares that are given under each, all else under none. */
export function partsByBody(claim: ClaimOfTable, bodies: BodiesOfClaim): PartsOfClaim {
  const { amounts } = claim;
  const [first] = bodies.keys();
  if (first === undefined) return new Map([[null, amounts]]);
  if (bodies.size === 1) return new Map([[first, amounts]]);
  const given = [...bodies].flatMap(([body, share]) => (share === null ? [] : [{ body, share }]));
  const shares = given.map(({ share }) => share);
  const whole = given.length < bodies.size ? null : shares.reduce((sum, share) => sum + share, 0);
  const parts = new Parts();
  for (const { name, ofOthers } of amountColumns) {
    const others = ofOthers === undefined ? 0 : amounts[ofOthers];
    if (whole === null || !areSharesOf(claim, name, whole)) {
      parts.add(notApportioned, name, amounts[name]);
      parts.add(notApportioned, ofOthers, others);
      continue;
    }
    // What is put down to others is a percentage of the claim, and so of each share.
    const sharesOfOthers = inShares(others, shares);
    for (const [at, { body, share }] of given.entries()) {
      parts.add(body, name, share);
      parts.add(body, ofOthers, sharesOfOthers[at] ?? 0);
    }
  }
  return parts.byRow.size === 0 ? new Map([[notApportioned, amounts]]) : parts.byRow;
}
