import { estimateOf, estimateOfOthers, type ClaimOfYear } from './claims-of-year';
import type { Lifetime } from './lifetimes';

/** What one claim, or a part of it, adds to a row, in pence; of others is what is put down to others than the programme. */
export interface ClaimAmounts {
  readonly estimate: number;
  readonly estimateOfOthers: number;
  readonly delivered: number;
  readonly deliveredOfOthers: number;
  /** Delivered, less what it cost. */
  readonly net: number;
  readonly netOfOthers: number;
  readonly verified: number;
  readonly verifiedOfOthers: number;
  readonly lifetimeEstimate: number;
  readonly deliveredToDate: number;
}
export type AmountName = keyof ClaimAmounts;

/** Nothing in any column. */
export const noAmounts: ClaimAmounts = {
  estimate: 0,
  estimateOfOthers: 0,
  delivered: 0,
  deliveredOfOthers: 0,
  net: 0,
  netOfOthers: 0,
  verified: 0,
  verifiedOfOthers: 0,
  lifetimeEstimate: 0,
  deliveredToDate: 0,
};

/** Each column that a claim adds to, with the column of what is put down to others, where there is one. */
export const amountColumns: readonly { readonly name: AmountName; readonly ofOthers?: AmountName }[] = [
  { name: 'estimate', ofOthers: 'estimateOfOthers' },
  { name: 'delivered', ofOthers: 'deliveredOfOthers' },
  { name: 'net', ofOthers: 'netOfOthers' },
  { name: 'verified', ofOthers: 'verifiedOfOthers' },
  { name: 'lifetimeEstimate' },
  { name: 'deliveredToDate' },
];

/** What a claim comes to in every column: in the year, where it has an amount of it, and beyond. */
export function amountsOf(
  ofYear: ClaimOfYear | undefined,
  { estimate, deliveredToDate }: Pick<Lifetime, 'estimate' | 'deliveredToDate'>,
): ClaimAmounts {
  const beyond = { lifetimeEstimate: estimate, deliveredToDate };
  if (ofYear === undefined) return { ...noAmounts, ...beyond };
  const { delivered, deliveredOfOthers, cost, costOfOthers, verified, verifiedOfOthers } = ofYear;
  return {
    estimate: estimateOf(ofYear),
    estimateOfOthers: estimateOfOthers(ofYear),
    delivered,
    deliveredOfOthers,
    net: delivered - cost,
    netOfOthers: deliveredOfOthers - costOfOthers,
    verified,
    verifiedOfOthers,
    ...beyond,
  };
}
