import type { Measure } from './catalogue';
import { daysOf, firstDayOf, type Days } from './dates';
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

/** Both ends in the days: otherwise it is not known to have happened in them. */
function happenedWithin(entry: Entry, days: Days): boolean {
  return entry.from >= days.from && entry.to <= days.to;
}

/** Both ends in the year: otherwise it is of no year. */
export function happenedIn(entry: Entry, year: number): boolean {
  return happenedWithin(entry, daysOf(year));
}

export function heldOn(entry: Entry, day: string): boolean {
  return entry.from <= day && day <= entry.to;
}

/** What counts over some days: of a flow what happened in them, of a stock what holds on the last. */
function within(entries: readonly Entry[], days: Days, stock: boolean): Entry[] {
  return entries.filter((entry) => (stock ? heldOn(entry, days.to) : happenedWithin(entry, days)));
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
function firstTime(entries: readonly Entry[], days: Days): Counted {
  const yes = new Set<string>();
  const counted: Entry[] = [];
  let asked = 0;
  for (const body of distinct(entries.map((entry) => entry.body))) {
    const own = entries.filter((entry) => entry.body === body);
    const deliveries = own.filter((entry) => entry.kind !== 'earlier');
    const declared = own.filter((entry) => entry.kind === 'earlier');
    const inYear = deliveries.filter((entry) => happenedWithin(entry, days));
    if (inYear.length === 0) continue;
    asked += 1;
    const begins = earliest(inYear.map((entry) => entry.from));
    const oneIsOver = earliest(inYear.map((entry) => entry.to));
    const had = declared.some((entry) => entry.subject === 'had' && entry.to < begins);
    const before = deliveries.some((entry) => entry.to < begins);
    const perhapsBefore = deliveries.some((entry) => !happenedWithin(entry, days) && entry.from <= oneIsOver);
    const none = declared.some((entry) => entry.subject === 'none');
    if (had || before || perhapsBefore || !none) continue;
    yes.add(body);
    counted.push(...inYear);
  }
  return { value: yes.size, base: asked, bodies: yes, entries: counted };
}

/** Bodies with so many different offers in so many years, the year asked about being the last. */
function partsAccessed(entries: readonly Entry[], days: Days, atLeast: number): Counted {
  const recent = entries.filter((entry) => happenedWithin(entry, days));
  const enough = new Set<string>();
  for (const body of distinct(recent.map((entry) => entry.body))) {
    const offers = new Set(recent.filter((entry) => entry.body === body).map((entry) => entry.offer));
    if (offers.size >= atLeast) enough.add(body);
  }
  const counted = recent.filter((entry) => entry.body !== null && enough.has(entry.body));
  return { value: enough.size, bodies: enough, entries: counted };
}

/** Of the persons trained in the year, those in a team in it who were in none that was over before it. */
function firstDeployed(entries: readonly Entry[], days: Days): Counted {
  const trained = distinct(
    entries
      .filter((entry) => entry.kind === 'peer-trained' && happenedWithin(entry, days))
      .map((entry) => entry.person),
  );
  const counted: Entry[] = [];
  let value = 0;
  for (const person of trained) {
    const teams = entries.filter((entry) => entry.kind === 'peer' && entry.person === person);
    const now = teams.filter((entry) => happenedWithin(entry, days));
    if (now.length === 0 || teams.some((entry) => entry.to < days.from)) continue;
    value += 1;
    counted.push(...now);
  }
  return { value, base: trained.size, bodies: new Set(), entries: counted };
}

/**
 * Counts the entries of a measure's selection, of all time, for a year or for some days of it.
 * @throws UnexpectedJsonError for a rule the recount does not know
 */
export function count(
  measure: Measure,
  selected: readonly Entry[],
  year: number,
  days: Days = daysOf(year),
): Counted {
  const { rule, parameters, stock } = measure;
  const counted = within(selected, days, stock);
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
      return firstTime(selected, days);
    case 'first-deployed/1':
      return firstDeployed(selected, days);
    case 'parts-accessed/1': {
      const since = firstDayOf(year, wholeAt(parameters, 'years') - 1);
      return partsAccessed(selected, { from: since, to: days.to }, wholeAt(parameters, 'atLeast'));
    }
    default:
      throw new UnexpectedJsonError(`The rule ${rule}`, 'one that the recount knows');
  }
}
