import type { Catalogue } from '@ledger/domain';
import type { EventType } from '@ledger/events';
import type { RecordDocument } from '../documents/record-document';

/**
 * What the one who asks may see beyond counts (design section 10). Figures are the same for everybody; names and
 * records are not.
 */
export interface Viewer {
  /** The programmes whose records may be read. */
  readonly records: 'all' | readonly string[];
  /** Whether records may be read that name people. */
  readonly persons: boolean;
  /** The programmes whose restricted offers may be seen with names. */
  readonly restricted: 'all' | readonly string[];
}

/** Whoever works on the files themselves. */
export const seesEverything: Viewer = { records: 'all', persons: true, restricted: 'all' };

/** Nobody in particular: what is published is told to all. */
export const thePublic: Viewer = { records: [], persons: false, restricted: [] };

/** Records of these types are about one person's part in something. */
export const typesOfOnePerson: ReadonlySet<string> = new Set<EventType>([
  'PlaceBooked',
  'CouncillorTrained',
  'CourseCompleted',
  'PlaceGivenUp',
  'OfficerDeveloped',
  'GraduatePlaced',
  'PeerTrained',
]);

/** Whether the bodies of an offer are hidden from a viewer: support given discreetly (E9). */
export function isHidden(catalogue: Catalogue, offer: string | null, { restricted }: Viewer): boolean {
  const declared = offer === null ? undefined : catalogue.offers.get(offer);
  if (declared?.restricted !== true || restricted === 'all') return false;
  return !restricted.includes(declared.programme);
}

/** Whether a viewer may read a record. */
export function mayRead(
  catalogue: Catalogue,
  { offer, type }: Pick<RecordDocument, 'offer' | 'type'>,
  viewer: Viewer,
): boolean {
  if (isHidden(catalogue, offer, viewer)) return false;
  if (!viewer.persons && typesOfOnePerson.has(type)) return false;
  if (viewer.records === 'all') return true;
  const programme = offer === null ? undefined : catalogue.offers.get(offer)?.programme;
  return programme !== undefined && viewer.records.includes(programme);
}

/** Data of a record without the people in it. */
export function withoutPeople(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== 'team' && name !== 'person'));
}
