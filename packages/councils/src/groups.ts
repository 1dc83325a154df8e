import { Control, CouncilType, Region } from '@ledger/events';
import type { CouncilAt } from './council-at';

/** How councils are grouped (design section 6). */
export type CouncilGrouping = 'region' | 'type' | 'control';

/** Not known: a row of its own, never put with another group. */
export const unknownGroup = 'unknown';

const names: Readonly<Record<CouncilGrouping, readonly string[]>> = {
  region: Region.options,
  type: CouncilType.options,
  control: Control.options,
};

/** Every group there can be, in the order of display, the unknown one last. */
export function groupNames(by: CouncilGrouping): readonly string[] {
  return [...names[by], unknownGroup];
}

/** The group a council is in, as at the date it was asked for. */
export function groupOf(council: CouncilAt, by: CouncilGrouping): string {
  return council[by] ?? unknownGroup;
}
