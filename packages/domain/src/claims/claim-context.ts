import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import type { Claim } from './claim';

type Said<T extends DecidedEvent['type']> = EventData<T>;

/** What is known around a step of a claim. */
export interface ClaimContext {
  /** The id of whoever acts. */
  readonly actor: string;
  /** The London date of recording. */
  readonly today: string;
  /** Claims that may count the same gain, about which nobody has decided; looked up where a claim is to be assured. */
  readonly openOverlaps?: readonly {
    readonly id: string;
    readonly title: string;
    readonly because: string;
  }[];
  /** Evidence that is not in the vault as it was attached; looked up likewise. */
  readonly brokenEvidence?: readonly { readonly title: string; readonly state: 'missing' | 'altered' }[];
}

/** The event that opens a claim again, with the years whose verification is void by it. */
export function reopening(
  { life }: Pick<Claim, 'life'>,
  because: Said<'ClaimReopened'>['because'],
  noteRef?: Said<'ClaimReopened'>['noteRef'],
): DecidedEvent {
  const voids = life.verified.map(({ year }) => year);
  return {
    type: 'ClaimReopened',
    data: { because, voids, ...(noteRef !== undefined && { noteRef }) },
  };
}
