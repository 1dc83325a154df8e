import type { Measure } from './catalogue';
import { firstDayOf, lastDayOf } from './dates';
import type { Entry } from './entries';
import { wholeAt, UnexpectedJsonError } from './json';

/** A number, and for a mean or a sequence what it is of. */
export interface Counted {
  readonly value: number;
  readonly base?: number;
  /** The bodies that the rule itself makes count; null where they are simply those of the entries. */
  readonly bodies: ReadonlySet<string> | null;
  readonly entries: readonly Entry[];
}

/** Both ends in the year: otherwise it is of no year. */
export function happenedIn(entry: Entry, year: number): boolean {
  return entry.from >= firstDayOf(year) && entry.to <= lastDayOf(year);
}

export function heldOn(entry: Entry, day: string): boolean {
  return entry.from <= day && day <= entry.to;
}

/** What counts in a year: of a flow what happened in it, of a stock what holds on its last day. */
function ofYear(entries: readonly Entry[], year: number, stock: boolean): Entry[] {
  return entries.filter((entry) => (stock ? heldOn(entry, lastDayOf(year)) : happenedIn(entry, year)));
}

function distinct(values: Iterable<string | null>): Set<string> {
  const set = new Set<string>();
  for (const value of values) if (value !== null) set.add(value);
  return set;
}

function total(entries: readonly Entry[]): number {
  let sum = 0n;
  for (const entry of entries) sum += BigInt(entry.quantity);
  return Number(sum);
}

function earliest(dates: readonly string[]): string {
  return dates.reduce((a, b) => (b < a ? b : a));
}

/**
 * Bodies that had their first delivery in the year. For each body: the first day of a delivery of the year, and
 * whether anything ended before that day, might have come first, or is declared never to have been.
 */
function firstTime(entries: readonly Entry[], year: number): Counted {
  const yes = new Set<string>();
  const counted: Entry[] = [];
  let asked = 0;
  for (const body of distinct(entries.map((entry) => entry.body))) {
    const own = entries.filter((entry) => entry.body === body);
    const deliveries = own.filter((entry) => entry.kind !== 'earlier');
    const declared = own.filter((entry) => entry.kind === 'earlier');
    const inYear = deliveries.filter((entry) => happenedIn(entry, year));
    if (inYear.length === 0) continue;
    asked += 1;
    const begins = earliest(inYear.map((entry) => entry.from));
    const oneIsOver = earliest(inYear.map((entry) => entry.to));
    const had = declared.some((entry) => entry.subject === 'had' && entry.to < begins);
    const before = deliveries.some((entry) => entry.to < begins);
    const perhapsBefore = deliveries.some((entry) => !happenedIn(entry, year) && entry.from <= oneIsOver);
    const none = declared.some((entry) => entry.subject === 'none');
    if (had || before || perhapsBefore || !none) continue;
    yes.add(body);
    counted.push(...inYear);
  }
  return { value: yes.size, base: asked, bodies: yes, entries: counted };
}

/** Bodies with so many different offers in so many years, the year asked about being the last. */
function partsAccessed(entries: readonly Entry[], year: number, atLeast: number, years: number): Counted {
  const since = firstDayOf(year, years - 1);
  const recent = entries.filter((entry) => entry.from >= since && entry.to <= lastDayOf(year));
  const enough = new Set<string>();
  for (const body of distinct(recent.map((entry) => entry.body))) {
    const offers = new Set(recent.filter((entry) => entry.body === body).map((entry) => entry.offer));
    if (offers.size >= atLeast) enough.add(body);
  }
  const counted = recent.filter((entry) => entry.body !== null && enough.has(entry.body));
  return { value: enough.size, bodies: enough, entries: counted };
}

/** Of the persons trained in the year, those in a team in it who were in none that was over before it. */
function firstDeployed(entries: readonly Entry[], year: number): Counted {
  const trained = distinct(
    entries
      .filter((entry) => entry.kind === 'peer-trained' && happenedIn(entry, year))
      .map((entry) => entry.person),
  );
  const counted: Entry[] = [];
  let value = 0;
  for (const person of trained) {
    const teams = entries.filter((entry) => entry.kind === 'peer' && entry.person === person);
    const now = teams.filter((entry) => happenedIn(entry, year));
    if (now.length === 0 || teams.some((entry) => entry.to < firstDayOf(year))) continue;
    value += 1;
    counted.push(...now);
  }
  return { value, base: trained.size, bodies: new Set(), entries: counted };
}

/**
 * Counts the entries of a measure's selection, of all time, for a year.
 * @throws UnexpectedJsonError for a rule the recount does not know
 */
export function count(measure: Measure, selected: readonly Entry[], year: number): Counted {
  const { rule, parameters, stock } = measure;
  const counted = ofYear(selected, year, stock);
  const plain = { bodies: null, entries: counted };
  switch (rule) {
    case 'count-things/1':
      return { ...plain, value: distinct(counted.map((entry) => entry.stream)).size };
    case 'distinct-bodies/1':
      return { ...plain, value: distinct(counted.map((entry) => entry.body)).size };
    case 'distinct-persons/1':
      return { ...plain, value: distinct(counted.map((entry) => entry.person)).size };
    case 'sum/1':
      return { ...plain, value: total(counted) };
    case 'mean/1':
      return { ...plain, value: total(counted), base: distinct(counted.map((entry) => entry.stream)).size };
    case 'first-time/1':
      return firstTime(selected, year);
    case 'first-deployed/1':
      return firstDeployed(selected, year);
    case 'parts-accessed/1':
      return partsAccessed(selected, year, wholeAt(parameters, 'atLeast'), wholeAt(parameters, 'years'));
    default:
      throw new UnexpectedJsonError(`The rule ${rule}`, 'one that the recount knows');
  }
}
