import type { Line, LineKind } from '@ledger/domain';
import type { Sheet } from '../lines/sheet';

/*
 * Roll-ups are caches of the lines of a financial year, kept in the same segments, written in the same transaction
 * and read as recorded by any position in the same way. A roll-up posts a subject (+1) when its first line of the
 * roll-up stands and (−1) when its last one is gone. So its running total is the number of distinct subjects, and
 * its postings tell which they are, without a look at the lines.
 */

/**
 * - `things`: things with a line, and the quantity of their lines.
 * - `bodies`: bodies with a line, over all offers.
 * - `offer-bodies`: bodies supported, offer by offer, whatever the kind and event: those of a role of support, or of
 *   the role of a member.
 * - `persons`, `party-persons`: persons with a line, in all and party by party.
 * - `mixed`: things with activities of several event types, of all time; hardly any are.
 */
export type RollUpFamily = 'mixed' | 'things' | 'bodies' | 'offer-bodies' | 'persons' | 'party-persons';

/** What the lines of a roll-up share. */
export interface RollUp {
  readonly family: RollUpFamily;
  readonly kind: LineKind;
  /** Null of `mixed` only. */
  readonly year: number | null;
  /** Null of `mixed` and `offer-bodies`. */
  readonly event: Line['event'] | null;
  readonly illustrative: boolean;
  /** Of `offer-bodies`, `supportRole` or `member`. */
  readonly role: Line['role'];
  /** Of `offer-bodies` only. */
  readonly offer: string | null;
  /** Of `party-persons` only. */
  readonly party: Line['party'];
}

/** The one roll-up of mixed things. */
export const mixedThings: RollUp = {
  family: 'mixed',
  kind: 'activity',
  year: null,
  event: null,
  illustrative: false,
  role: null,
  offer: null,
  party: null,
};

/** Whether a family's subjects are things; otherwise bodies or persons. */
export function ofThings(family: RollUpFamily): boolean {
  return family === 'things' || family === 'mixed';
}

/** The kinds that each family gathers: those that rules count in its way, where every line has such a subject. */
const kinds: Readonly<Record<RollUpFamily, ReadonlySet<LineKind>>> = {
  mixed: new Set<LineKind>(['activity']),
  things: new Set<LineKind>([
    'activity',
    'attendees',
    'attendance',
    'completion',
    'peer',
    'peer-days',
    'officer',
    'graduate',
    'grant',
  ]),
  bodies: new Set<LineKind>(['support', 'attendance', 'officer', 'graduate']),
  'offer-bodies': new Set<LineKind>(['support', 'attendance', 'officer', 'graduate']),
  persons: new Set<LineKind>(['booking', 'attendance', 'peer', 'peer-trained']),
  'party-persons': new Set<LineKind>(['booking', 'attendance']),
};

/** Whether a family gathers the lines of a kind. */
export function gathers(family: RollUpFamily, kind: LineKind): boolean {
  return kinds[family].has(kind);
}

const names = [
  'family',
  'kind',
  'year',
  'event',
  'illustrative',
  'role',
  'offer',
  'party',
] as const satisfies readonly (keyof RollUp)[];

export function rollUpKey(rollUp: RollUp): string {
  return JSON.stringify(names.map((name) => rollUp[name]));
}

/** Reads a roll-up's key; undefined where it is the key of a sheet of lines. */
export function parseRollUp(key: string): RollUp | undefined {
  // Made by rollUpKey or sheetKey: a list.
  const values = JSON.parse(key) as unknown[];
  if (values.length !== names.length) return undefined;
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) as unknown as RollUp;
}

/** The kinds of support: `offer-bodies` puts them together under the first. */
export const supportKinds = ['support', 'attendance', 'officer', 'graduate'] as const satisfies LineKind[];
/** Recipients and participants are supported: `offer-bodies` puts them together under the first. */
export const supportRoles: readonly Line['role'][] = ['recipient', 'participant'];
const supportRole = 'recipient';

/** The role under which `offer-bodies` puts a role, or undefined for one that it leaves out. */
export function offerRole(role: Line['role']): Line['role'] | undefined {
  if (supportRoles.includes(role)) return supportRole;
  return role === 'member' ? 'member' : undefined;
}

/** The roll-ups of bodies and persons that the lines of a sheet with a role and party are in. */
export function rollUpsOf(
  { kind, year, event, illustrative, offer }: Sheet,
  role: Line['role'],
  party: Line['party'],
): readonly RollUp[] {
  if (year === null) return [];
  const common = { kind, year, event, illustrative, role, offer: null, party: null };
  const found: RollUp[] = [];
  if (gathers('bodies', kind)) found.push({ ...common, family: 'bodies' });
  const ofOffer = offerRole(role);
  if (gathers('offer-bodies', kind) && ofOffer !== undefined)
    found.push({ ...common, family: 'offer-bodies', kind: 'support', event: null, role: ofOffer, offer });
  if (gathers('persons', kind)) found.push({ ...common, family: 'persons' });
  if (gathers('party-persons', kind) && party !== null)
    found.push({ ...common, family: 'party-persons', party });
  return found;
}

/** Whether lines of a sheet with a role and party are in a roll-up of bodies or persons. */
export function isIn(rollUp: RollUp, sheet: Sheet, role: Line['role'], party: Line['party']): boolean {
  return rollUpsOf(sheet, role, party).some((one) => rollUpKey(one) === rollUpKey(rollUp));
}

/** Whether a family's subjects are bodies. */
export function ofBodies(family: RollUpFamily): boolean {
  return family === 'bodies' || family === 'offer-bodies';
}
