import { financialYearLabel } from '@ledger/calendar';
import { attainability } from '@ledger/domain';
import type { PublishedBeside } from './answers';
import type { Ground } from './asking';
import type { Lines } from './lines';
import type { PublishedFigure } from './published-figures';
import { showCount } from './showing';

/** What is computed, as far as it bears on whether it may be compared. */
export interface Computed {
  readonly value: number;
  readonly base?: number;
  readonly illustrative: boolean;
  readonly lines: () => Promise<Lines>;
  readonly year: number;
}

/** Where a figure was printed: the document, and the place in it where it is known. */
export function sourceOf({ document, place }: Pick<PublishedFigure, 'document' | 'place'>): string {
  return place === undefined ? document : `${document}, ${place}`;
}

function unattainable(figure: PublishedFigure, base: number | undefined): string {
  if (figure.unit !== 'percent' || base === undefined || base === 0) return '';
  const can = attainability(figure.value, base);
  if (can.attainable) return '';
  const nearest = can.nearest
    .map(({ numerator, percentage }) => `${numerator} gives ${percentage}%`)
    .join(', ');
  return ` ${figure.value}% cannot be had on a base of ${base}: ${nearest}.`;
}

/** Why figures are incomplete. */
function missing(parked: number, importing: number): string {
  const why = [
    ...(parked > 0 ? [`${showCount(parked)} events could not be applied`] : []),
    ...(importing > 0 ? ['an import is only partly recorded'] : []),
  ];
  return why.join(', and ');
}

/**
 * Published beside computed (design section 6): a difference is shown only where the records of the offers and
 * year are declared complete, and all of them could be applied; illustrative records are made to match, so they never show one.
 */
export async function beside(
  ground: Ground,
  figure: PublishedFigure,
  computed: Computed | undefined,
): Promise<PublishedBeside> {
  const common = {
    figure: figure.figure,
    value: Number(figure.value),
    unit: figure.unit,
    qualifier: figure.qualifier,
    source: sourceOf(figure),
  };
  if (computed === undefined) return { ...common, comparable: false, reason: 'published, no query yet' };
  const note = unattainable(figure, computed.base);
  if (computed.illustrative)
    return {
      ...common,
      comparable: false,
      reason: `illustrative records, made to match the published figure.${note}`,
    };
  const lines = (await computed.lines()).all();
  const offers = new Set(lines.map(({ line }) => line.offer));
  const complete =
    offers.size > 0 &&
    [...offers].every(
      (offer) => offer !== null && ground.catalogue.offers.get(offer)?.completeYears.has(computed.year),
    );
  const { incomplete, parked, importing = 0 } = ground.answered;
  if (complete && incomplete)
    return {
      ...common,
      comparable: false,
      reason: `incomplete: ${missing(parked, importing)}; not comparable.${note}`,
    };
  if (complete)
    return {
      ...common,
      comparable: true,
      reason: `the records of ${financialYearLabel(computed.year)} are declared complete.${note}`,
    };
  const held = new Set(lines.map(({ thing }) => thing)).size;
  return {
    ...common,
    comparable: false,
    reason: `records held: ${showCount(held)}; published: ${figure.value}; not comparable.${note}`,
  };
}
