import type { EventData } from '@ledger/events';
import type { OtherBody } from './other-bodies';

type Role = EventData<'SupportProvided'>['bodies'][number]['role'];
type Claim = EventData<'SavingsRecorded'>;
/** A council by its GSS code (`E…`), or another body by its key. */
export type Named = readonly [`E${string}` | OtherBody, Role];

interface Common {
  /** The rows of the reports' list that this thing is made of: rows of one occasion share one thing. */
  readonly rows: readonly string[];
  readonly offer: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Only the report's year is known, or the year was worked out. */
  readonly reportYear?: true;
  readonly bodies: readonly Named[];
}

/** One thing the rows make. */
export type NamedThing = Common &
  (
    | { readonly type: 'SupportProvided' | 'PeerChallengeDelivered' }
    | { readonly type: 'EventHeld'; readonly attendees?: number }
    | { readonly type: 'GrantAwarded'; readonly pounds: number }
    | ({ readonly type: 'SavingsRecorded'; readonly pounds: number; readonly toYear?: number } & Pick<
        Claim,
        'gainType' | 'realisation' | 'service' | 'project'
      > & { readonly qualifier: Claim['amounts'][number]['qualifier'] })
  );

/** Courses and meetings of which only the place is known: a place is no body, so they have none. */
export const atPlaces = (
  rows: readonly (readonly [row: string, place: string])[],
  what: string,
  offer: string,
  span: { readonly from: string; readonly to: string },
): readonly NamedThing[] =>
  rows.map(([row, place]) => ({
    rows: [row],
    type: 'EventHeld',
    offer,
    title: `${what}, ${place}`,
    ...span,
    bodies: [],
  }));
