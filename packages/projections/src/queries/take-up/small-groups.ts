import type { TakeUpOf } from '@ledger/domain';
import type { Ground } from '../asking';
import { offersOf } from '../select-lines';
import { isHidden, type Viewer } from '../viewer';
import { withheldGroups } from './take-up-by-party';
import { selectionFor } from './take-up-lines';

interface Group {
  readonly group: string;
  readonly numerator: readonly unknown[];
}

/**
 * The groups whose number is withheld from a viewer: those with one to four councils, where everything asked about
 * is of restricted offers, and others where one could be worked out from the rest (E9).
 */
export function smallGroupsOf(
  ground: Ground,
  of: TakeUpOf,
  viewer: Viewer,
  groups: readonly Group[],
): ReadonlySet<string> {
  const offers = offersOf(selectionFor(ground, of), ground.catalogue);
  const discreet =
    offers !== undefined &&
    offers.size > 0 &&
    [...offers].every((offer) => isHidden(ground.catalogue, offer, viewer));
  if (!discreet) return new Set();
  return withheldGroups(new Map(groups.map(({ group, numerator }) => [group, numerator.length])));
}
