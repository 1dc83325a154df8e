import type { PeriodOfYear } from '@ledger/domain';
import type { Ground } from '../asking';

/** The offers that a figure is about; null where it is about everything. */
export type AboutOffers = readonly string[] | null;

/** Where a year, or a quarter of it, was first finally closed for an offer, or for everything; undefined while it is not. */
function closedFor(
  period: PeriodOfYear,
  quarter: number | null,
  offer: string | null,
  { catalogue }: Pick<Ground, 'catalogue'>,
): bigint | undefined {
  const programme = offer === null ? undefined : catalogue.offers.get(offer)?.programme;
  const positions = [...period.closings.values()].flatMap((closing) => {
    // The closing of a year closes its quarters.
    if (closing.state !== 'final' || (closing.quarter !== null && closing.quarter !== quarter)) return [];
    const covers =
      closing.programme === null ||
      (offer !== null && (closing.programme === programme || closing.offers.has(offer)));
    return covers ? [closing.position] : [];
  });
  return positions.reduce<bigint | undefined>(
    (first, position) => (first === undefined || position < first ? position : first),
    undefined,
  );
}

/**
 * The position whose figures of a year, or of a quarter of it, are final: where it was finally closed for all that a
 * figure is about. A figure about several programmes is final with the last of them; quarters alone close no year.
 */
export function finalPosition(
  ground: Ground,
  year: number,
  offers: AboutOffers,
  quarter: number | null = null,
): bigint | undefined {
  const period = ground.periods.get(year);
  if (period === undefined) return undefined;
  let last: bigint | undefined;
  for (const offer of offers ?? [null]) {
    const position = closedFor(period, quarter, offer, ground);
    if (position === undefined) return undefined;
    if (last === undefined || position > last) last = position;
  }
  return last;
}
