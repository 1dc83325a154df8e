import type { Body } from './councils';
import type { Catalogue } from './catalogue';
import type { Entry } from './entries';
import { textsOrNull, type JsonObject } from './json';

/** Which entries a question reads; null asks nothing. */
export interface Selecting {
  readonly kinds: readonly string[];
  readonly events: readonly string[] | null;
  readonly offers: readonly string[] | null;
  readonly programmes: readonly string[] | null;
  readonly peerChallenge: boolean | null;
  readonly roles: readonly string[] | null;
  readonly subjects: readonly string[] | null;
  readonly councilsOnly: boolean;
}

/** What the parameters of a measure ask. */
export function selectingOf(parameters: JsonObject): Selecting {
  return {
    kinds: textsOrNull(parameters, 'kinds') ?? [],
    events: textsOrNull(parameters, 'events'),
    offers: textsOrNull(parameters, 'offers'),
    programmes: textsOrNull(parameters, 'programmes'),
    peerChallenge: typeof parameters['peerChallenge'] === 'boolean' ? parameters['peerChallenge'] : null,
    roles: textsOrNull(parameters, 'roles'),
    subjects: textsOrNull(parameters, 'subjects'),
    councilsOnly: parameters['councilsOnly'] === true,
  };
}

function offerFits(offer: string | null, wanted: Selecting, catalogue: Catalogue): boolean {
  if (wanted.offers === null && wanted.programmes === null && wanted.peerChallenge === null) return true;
  const known = offer === null ? undefined : catalogue.offers.get(offer);
  // An offer that is not in the catalogue belongs to no programme and is no peer challenge.
  if (offer === null || known === undefined) return false;
  if (wanted.offers !== null && !wanted.offers.includes(offer)) return false;
  if (wanted.programmes !== null && !wanted.programmes.includes(known.programme)) return false;
  return wanted.peerChallenge === null || wanted.peerChallenge === known.peerChallenge;
}

/** The entries that fit, whenever they happened. */
export function select(
  entries: readonly Entry[],
  wanted: Selecting,
  catalogue: Catalogue,
  bodies: ReadonlyMap<string, Body>,
): Entry[] {
  return entries.filter((entry) => {
    if (!wanted.kinds.includes(entry.kind)) return false;
    // A declaration about the time before the ledger follows from no event of the kind that is asked for.
    if (wanted.events !== null && entry.kind !== 'earlier' && !wanted.events.includes(entry.event))
      return false;
    if (!offerFits(entry.offer, wanted, catalogue)) return false;
    // An entry without a role is not asked for one.
    if (wanted.roles !== null && entry.role !== null && !wanted.roles.includes(entry.role)) return false;
    if (wanted.subjects !== null && (entry.subject === null || !wanted.subjects.includes(entry.subject)))
      return false;
    if (wanted.councilsOnly && (entry.body === null || bodies.get(entry.body)?.kind !== 'council'))
      return false;
    return true;
  });
}
