import { Random } from './random';

/** The small world a history happens in: ids of who and what there is. */
export interface World {
  readonly councils: readonly string[];
  /** Bodies that are no councils, a combined authority among them. */
  readonly others: readonly string[];
  readonly persons: readonly string[];
}

/** The offers of every history. Any activity may be under any of them, so that many are used by each council. */
export const historyOffers = [
  'corporate-peer-challenge',
  'finance-peer-challenge',
  'childrens-peer-challenge',
  'leadership-academy',
  'productivity-experts',
  'shared-services',
  'graduate-programme',
  'planning-subscription',
] as const;
export const historyProgrammes = ['peer-support', 'leadership', 'productivity'] as const;
export const historySavingsAreas = ['efficiency', 'shared-work', 'growth'] as const;

/** How many councils the register begins with; one more is registered when two of them merge. */
export const firstCouncils = 12;

export function newWorld(random: Random): World {
  const ids = (count: number): string[] => Array.from({ length: count }, () => random.uuid());
  return { councils: ids(firstCouncils + 1), others: ids(2), persons: ids(30) };
}

/** A council, or now and then a body that is none. */
export function someBody(random: Random, { councils, others }: World): string {
  return random.percent(8) ? random.pick(others) : random.pick(councils);
}

export type HistoryOffer = (typeof historyOffers)[number];
