import type { Projection, RebuildResult } from '@ledger/projections';

/** Said when everything is open and the work begins. */
export const begun = 'begun';

/** An append that was acknowledged. */
export interface Acknowledged {
  /** Its number in the plan. */
  readonly number: number;
  /** The position of its last event. */
  readonly position: number;
  readonly replayed: boolean;
}

export function acknowledgement({ number, position, replayed }: Acknowledged): string {
  return `acknowledged ${number} ${position} ${replayed ? 'again' : 'first'}`;
}

/** The appends that a text acknowledges. A line that was cut off is none: nobody read it whole. */
export function acknowledgedIn(text: string): readonly Acknowledged[] {
  return [...text.matchAll(/^acknowledged (\d+) (\d+) (again|first)\n/gm)].map(
    ([, number, position, how]) => ({
      number: Number(number),
      position: Number(position),
      replayed: how === 'again',
    }),
  );
}

export function rebuilt({ projection, same, parked }: RebuildResult): string {
  return `rebuilt ${projection} ${String(same)} ${parked}`;
}

/** The projections that a text says were rebuilt, and whether as they were before. */
export function rebuiltIn(
  text: string,
): readonly { readonly projection: Projection; readonly same: boolean }[] {
  return [...text.matchAll(/^rebuilt (figures|documents) (true|false|null) 0\n/gm)].map(
    ([, projection, same]) => ({
      projection: projection === 'figures' ? 'figures' : 'documents',
      same: same === 'true',
    }),
  );
}

/** An append that was refused, with the code of the error. */
export interface Refused {
  readonly number: number;
  readonly code: string;
}

export function refusal({ number, code }: Refused): string {
  return `refused ${number} ${code}`;
}

export function refusedIn(text: string): readonly Refused[] {
  return [...text.matchAll(/^refused (\d+) (.+)\n/gm)].map(([, number, code = '']) => ({
    number: Number(number),
    code,
  }));
}

/** Said when a log that refused everything was closed and opened again. */
export const openedAgain = 'opened again';

/** Said when a round begins. */
export function roundOf(number: number): string {
  return `round ${number}`;
}
