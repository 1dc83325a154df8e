import type { Catalogue } from './catalogue';
import { controlOn, councilsOn, unknownGroup, type Body } from './councils';
import { lastDayOf } from './dates';
import type { Entry } from './entries';
import { UnexpectedJsonError } from './json';
import { count, happenedIn, heldOn } from './rules';
import { select, selectingOf, type Selecting } from './selecting';

export type TakeUpOf =
  { readonly measure: string } | { readonly offer: string } | { readonly programme: string };
export type TakeUpBy = 'region' | 'type' | 'control' | 'party';

export interface TakeUpRow {
  readonly group: string;
  readonly numerator: number;
  readonly base: number;
  /** Rounded half up; null on base 0. */
  readonly percentage: number | null;
}

export interface TakeUp {
  /** Groups with a base, in the order of their names. */
  readonly rows: readonly TakeUpRow[];
  readonly total: TakeUpRow;
  /** Councils reached that do not exist on the reference date. */
  readonly formerCouncils: number;
}

/** Everything take-up is counted from. */
export interface Records {
  readonly entries: readonly Entry[];
  readonly catalogue: Catalogue;
  readonly bodies: ReadonlyMap<string, Body>;
}

/** The group of the total. */
export const allCouncils = 'All councils';
const allPersons = 'All councillors who took part';

const rolesThatCount = ['recipient', 'participant', 'member'];
const kindsOfSupport = ['support', 'attendance', 'officer', 'graduate', 'membership'];
/** What names no body that was supported; then those of the same content events are meant. */
const kindsWithoutBodies = ['activity', 'attendees', 'grant', 'peer-days'];

function percentageOf(numerator: number, base: number): number | null {
  return base === 0 ? null : Math.floor((200 * numerator + base) / (2 * base));
}

function rowOf(group: string, numerator: number, base: number): TakeUpRow {
  return { group, numerator, base, percentage: percentageOf(numerator, base) };
}

/** A membership counts where it is held on the reference date, all else where it happened in the year. */
function counts(entry: Entry, year: number): boolean {
  return entry.kind === 'membership' ? heldOn(entry, lastDayOf(year)) : happenedIn(entry, year);
}

interface Reached {
  readonly entries: readonly Entry[];
  readonly bodies: ReadonlySet<string>;
}

function reached(entries: readonly Entry[]): Reached {
  const bodies = new Set<string>();
  for (const { body } of entries) if (body !== null) bodies.add(body);
  return { entries, bodies };
}

function reachedByOffers(
  records: Records,
  of: { offer: string } | { programme: string },
  year: number,
): Reached {
  const wanted: Selecting = {
    kinds: kindsOfSupport,
    events: null,
    offers: 'offer' in of ? [of.offer] : null,
    programmes: 'programme' in of ? [of.programme] : null,
    peerChallenge: null,
    roles: rolesThatCount,
    subjects: null,
    councilsOnly: false,
  };
  const selected = select(records.entries, wanted, records.catalogue, records.bodies);
  return reached(selected.filter((entry) => counts(entry, year)));
}

/** The bodies supported by the content events that these entries are of. */
function supportedBySame(
  all: readonly Entry[],
  entries: readonly Entry[],
  roles: readonly string[],
): Entry[] {
  const contents = new Set(entries.map((entry) => entry.contentId));
  return all.filter(
    (entry) =>
      entry.kind === 'support' &&
      contents.has(entry.contentId) &&
      entry.role !== null &&
      roles.includes(entry.role),
  );
}

function reachedByMeasure(records: Records, id: string, year: number): Reached {
  const measure = records.catalogue.measures.get(id);
  if (measure === undefined) throw new UnexpectedJsonError(`The measure ${id}`, 'declared');
  const wanted = selectingOf(measure.parameters);
  const selected = select(records.entries, wanted, records.catalogue, records.bodies);
  const { bodies, entries } = count(measure, selected, year);
  // Rules about a body's history say themselves which bodies count.
  if (bodies !== null) return { bodies, entries };
  const roles = wanted.roles ?? rolesThatCount;
  const counted: Entry[] = [];
  const inYear = selected.filter((entry) => counts(entry, year));
  for (const entry of inYear)
    if (!kindsWithoutBodies.includes(entry.kind) && entry.role !== null && roles.includes(entry.role))
      counted.push(entry);
  const without = inYear.filter((entry) => kindsWithoutBodies.includes(entry.kind));
  return reached([...counted, ...supportedBySame(records.entries, without, roles)]);
}

function byParty(entries: readonly Entry[]): TakeUp {
  const parties = new Map<string, Set<string>>();
  const persons = new Set<string>();
  for (const { person, party } of entries) {
    if (person === null || party === null) continue;
    persons.add(person);
    const members = parties.get(party) ?? new Set<string>();
    parties.set(party, members.add(person));
  }
  const rows = [...parties].map(([party, members]) => rowOf(party, members.size, persons.size));
  return {
    rows: rows.sort((a, b) => (a.group < b.group ? -1 : 1)),
    total: rowOf(allPersons, persons.size, persons.size),
    formerCouncils: 0,
  };
}

function groupOf(council: Body, by: Exclude<TakeUpBy, 'party'>, day: string): string {
  if (by === 'control') return controlOn(council, day);
  return (by === 'region' ? council.region : council.type) ?? unknownGroup;
}

/**
 * Of the councils that exist on the last day of the year, in the group they are in on that day, how many were
 * reached in the year. By party: of the persons who took part, how many stood for it.
 * @throws UnexpectedJsonError for a measure that is not declared
 */
export function takeUpOf(records: Records, of: TakeUpOf, year: number, by: TakeUpBy): TakeUp {
  const who =
    'measure' in of ? reachedByMeasure(records, of.measure, year) : reachedByOffers(records, of, year);
  if (by === 'party') return byParty(who.entries);
  const day = lastDayOf(year);
  const councils = councilsOn(records.bodies, day);
  const groups = new Map<string, Body[]>();
  for (const council of councils) {
    const group = groupOf(council, by, day);
    groups.set(group, [...(groups.get(group) ?? []), council]);
  }
  const share = (group: string, base: readonly Body[]): TakeUpRow =>
    rowOf(group, base.filter((council) => who.bodies.has(council.id)).length, base.length);
  let formerCouncils = 0;
  for (const id of who.bodies)
    if (records.bodies.get(id)?.kind === 'council' && !councils.some((council) => council.id === id))
      formerCouncils += 1;
  return {
    rows: [...groups].map(([group, base]) => share(group, base)).sort((a, b) => (a.group < b.group ? -1 : 1)),
    total: share(allCouncils, councils),
    formerCouncils,
  };
}
