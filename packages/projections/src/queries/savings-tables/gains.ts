import type { Catalogue, SavingsQuery, Selection, StandingLine } from '@ledger/domain';
import type { Qualifier } from '@ledger/events';
import type { SavingsAmount } from '../answers';
import type { Asking, Ground } from '../asking';
import type { SelectedLines } from '../../lines/selected-lines';
import { NumberSet } from '../../roll-ups/number-set';
import { selectLines, type Narrowed } from '../select-lines';
import { poundsOf, showPounds } from '../showing';

/** What narrows the gains of a year. */
export type GainFilter = Pick<SavingsQuery, 'year' | 'offer' | 'realisation' | 'gainType'> & {
  /** A savings area's id; null for gains of none; undefined for all. */
  readonly area?: string | null;
  readonly amountBasis?: string;
};

/** Gains, or what of them is put down to others than the programme. */
export type GainKind = 'gain' | 'gain-of-others';

/** The savings area of a gain: the claim's own, else its offer's in the catalogue. */
export function areaOf(
  { savingsArea, offer }: Pick<StandingLine['line'], 'savingsArea' | 'offer'>,
  catalogue: Catalogue,
): string | null {
  return savingsArea ?? (offer === null ? null : (catalogue.offers.get(offer)?.savingsArea ?? null));
}

/** The sheets of amounts of exactly one year. */
export function ofYearAlone(year: number): NonNullable<Narrowed['sheets']> {
  return {
    name: `${year} alone`,
    fits: ({ amountFrom, amountTo }) => amountFrom === year && amountTo === year,
  };
}

/** Gross gains whose amount is of exactly this year: its given slices. */
export async function selectGains(
  asking: Asking,
  ground: Ground,
  { year, offer }: Pick<GainFilter, 'year' | 'offer'>,
  kind: GainKind = 'gain',
): Promise<SelectedLines> {
  return selectLines(asking, ground, ofOffer(offer, kind), {
    sheets: ofYearAlone(year),
  });
}

/** Gross gains over several years of which this is one: their yearly slices are not given, and nothing divides them. */
export async function selectNotApportioned(
  asking: Asking,
  ground: Ground,
  { year, offer }: Pick<GainFilter, 'year' | 'offer'>,
  kind: GainKind = 'gain',
): Promise<SelectedLines> {
  return selectLines(asking, ground, ofOffer(offer, kind), {
    sheets: {
      name: `several years, ${year} among them`,
      fits: ({ amountFrom, amountTo }) =>
        amountFrom !== null &&
        amountTo !== null &&
        amountFrom !== amountTo &&
        amountFrom <= year &&
        year <= amountTo,
    },
  });
}

function ofOffer(offer: string | undefined, kind: GainKind): Selection {
  return { kinds: [kind], ...(offer !== undefined && { offers: [offer] }) };
}

/** The gains of a year that fit a filter. */
export async function gainsOf(asking: Asking, ground: Ground, filter: GainFilter): Promise<SelectedLines> {
  return fitting(ground, filter, await selectGains(asking, ground, filter));
}

/** The gains that cover a year among others and fit a filter. */
export async function notApportionedOf(
  asking: Asking,
  ground: Ground,
  filter: GainFilter,
): Promise<SelectedLines> {
  return fitting(ground, filter, await selectNotApportioned(asking, ground, filter));
}

function fitting(ground: Ground, filter: GainFilter, lines: SelectedLines): SelectedLines {
  const { area, realisation, gainType, amountBasis } = filter;
  return lines.where(
    ({ offer }, manner) =>
      (area === undefined || areaOf({ savingsArea: manner.savingsArea, offer }, ground.catalogue) === area) &&
      (realisation === undefined || manner.realisation === realisation) &&
      (gainType === undefined || manner.gainType === gainType) &&
      (amountBasis === undefined || manner.amountBasis === amountBasis),
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

/** How sure a qualifier is: the greater, the less. */
export function surenessOf(qualifier: Qualifier | null): number {
  return qualifier === null ? 0 : surest.indexOf(qualifier);
}

/** The claims with more than one line among the selected; most have one. */
export function severalTimes({ parts }: SelectedLines): ReadonlySet<number> {
  const once = new NumberSet();
  const several = new Set<number>();
  for (const { lines, selected } of parts)
    for (const line of selected) {
      const thing = lines.thing[line] ?? 0;
      if (!once.add(thing)) several.add(thing);
    }
  return several;
}

/** Gains added up: pence, the least sure qualifier among them, and the claims they are of. */
export class GainSum {
  #pence = 0;
  #sure = 0;
  #claims = 0;
  readonly #several = new Set<number>();
  illustrative = false;

  /** `sureness` as `surenessOf` gives it; `several` where the claim has other gains among those that are added up. */
  add(pence: number, sureness: number, thing: number, several: boolean): void {
    this.#pence += pence;
    if (sureness > this.#sure) this.#sure = sureness;
    if (several) this.#several.add(thing);
    else this.#claims += 1;
  }

  /** How many claims they are of. */
  get claims(): number {
    return this.#claims + this.#several.size;
  }

  amount(): SavingsAmount {
    const pence = this.#pence;
    if (!Number.isSafeInteger(pence)) throw new RangeError('The sum of gains is beyond 2^53 pence');
    const qualifier = surest[this.#sure] ?? 'exact';
    const printed = showPounds(pence);
    return {
      pence,
      value: poundsOf(pence),
      unit: 'GBP',
      shown: qualifier === 'exact' ? printed : `${printed} (${qualifier})`,
      qualifier,
    };
  }
}

/** The sum of gains, with the least sure qualifier among them. */
export function amountOf({ parts, index }: SelectedLines): SavingsAmount {
  const sum = new GainSum();
  for (const { lines, selected } of parts)
    for (const line of selected) {
      const { qualifier } = index.manner(lines.manner[line] ?? 0);
      const pence = lines.quantity[line] ?? 0;
      sum.add(pence, surenessOf(qualifier), lines.thing[line] ?? 0, false);
    }
  return sum.amount();
}

/**
 * What one sort of gain is called. "Saved" is printed only for delivered, cash-releasing amounts that are actual
 * (design section 7); everything else names its realisation, gain type and basis.
 */
export function gainLabel(realisation: string, gainType: string, amountBasis: string): string {
  if (realisation === 'delivered' && gainType === 'cash-releasing efficiency' && amountBasis === 'actual')
    return 'Saved';
  const gain = gainType === 'not stated' ? 'Gain of a type not stated' : capital(gainType);
  return `${gain}: ${sortInWords({ realisation, amountBasis })}`;
}

/** How gains are realised and known, in words. */
export function sortInWords({
  realisation,
  amountBasis,
}: {
  readonly realisation: string;
  readonly amountBasis: string;
}): string {
  return `${realisation === 'not stated' ? 'realisation not stated' : realisation}, ${basisInWords(amountBasis)}`;
}

export function basisInWords(amountBasis: string): string {
  return amountBasis === 'not stated' ? 'forecast or actual not stated' : amountBasis;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
