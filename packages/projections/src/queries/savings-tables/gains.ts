import type { Catalogue, SavingsQuery, StandingLine } from '@ledger/domain';
import type { Qualifier } from '@ledger/events';
import type { SavingsAmount } from '../answers';
import type { Asking, Ground } from '../asking';
import { selectLines } from '../select-lines';
import { poundsOf, showPounds } from '../showing';

/** What narrows the gains of a year. */
export type GainFilter = Pick<SavingsQuery, 'year' | 'offer' | 'realisation' | 'gainType'> & {
  /** A savings area's id; null for gains of none; undefined for all. */
  readonly area?: string | null;
  readonly amountBasis?: string;
};

/** The savings area of a line: the claim's own, else its offer's in the catalogue. */
export function areaOf({ line }: StandingLine, catalogue: Catalogue): string | null {
  return (
    line.savingsArea ?? (line.offer === null ? null : (catalogue.offers.get(line.offer)?.savingsArea ?? null))
  );
}

/** Gross gains whose amount is of exactly this year: its given slices. */
export async function gainsOf(asking: Asking, ground: Ground, filter: GainFilter): Promise<StandingLine[]> {
  const lines = await fitting(asking, ground, filter);
  return lines.filter(({ line }) => line.amountFrom === filter.year && line.amountTo === filter.year);
}

/** Gross gains over several years of which this is one: their yearly slices are not given, and nothing divides them. */
export async function notApportionedOf(
  asking: Asking,
  ground: Ground,
  filter: GainFilter,
): Promise<StandingLine[]> {
  const lines = await fitting(asking, ground, filter);
  return lines.filter(({ line: { amountFrom, amountTo } }) => {
    if (amountFrom === null || amountTo === null || amountFrom === amountTo) return false;
    return amountFrom <= filter.year && filter.year <= amountTo;
  });
}

async function fitting(asking: Asking, ground: Ground, filter: GainFilter): Promise<StandingLine[]> {
  const { area, offer, realisation, gainType, amountBasis } = filter;
  const lines = await selectLines(asking, ground, {
    kinds: ['gain'],
    ...(offer !== undefined && { offers: [offer] }),
  });
  return lines.filter(
    (standing) =>
      (area === undefined || areaOf(standing, ground.catalogue) === area) &&
      (realisation === undefined || standing.line.realisation === realisation) &&
      (gainType === undefined || standing.line.gainType === gainType) &&
      (amountBasis === undefined || standing.line.amountBasis === amountBasis),
  );
}

/** From the surest to the least sure: a sum is as sure as its least sure part. */
const surest: readonly Qualifier[] = [
  'exact',
  'at least',
  'more than',
  'near',
  'about',
  'up to',
  'estimated',
];

/** The sum of gains, with the least sure qualifier among them. */
export function amountOf(lines: readonly StandingLine[]): SavingsAmount {
  let pence = 0;
  let sure = 0;
  for (const { line, count } of lines) {
    pence += line.quantity * count;
    if (line.qualifier !== null) sure = Math.max(sure, surest.indexOf(line.qualifier));
  }
  if (!Number.isSafeInteger(pence)) throw new RangeError('The sum of gains is beyond 2^53 pence');
  const qualifier = surest[sure] ?? 'exact';
  const printed = showPounds(pence);
  return {
    pence,
    value: poundsOf(pence),
    unit: 'GBP',
    shown: qualifier === 'exact' ? printed : `${printed} (${qualifier})`,
    qualifier,
  };
}

/** How many claims the lines are of. */
export function claimsOf(lines: readonly StandingLine[]): number {
  return new Set(lines.map(({ thing }) => thing)).size;
}

/**
 * What one sort of gain is called. "Saved" is printed only for delivered, cash-releasing amounts that are actual
 * (design section 7); everything else names its realisation, gain type and basis.
 */
export function gainLabel(realisation: string, gainType: string, amountBasis: string): string {
  if (realisation === 'delivered' && gainType === 'cash-releasing efficiency' && amountBasis === 'actual')
    return 'Saved';
  const gain = gainType === 'not stated' ? 'Gain of a type not stated' : capital(gainType);
  const state = realisation === 'not stated' ? 'realisation not stated' : realisation;
  const basis = amountBasis === 'not stated' ? 'forecast or actual not stated' : amountBasis;
  return `${gain}: ${state}, ${basis}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
