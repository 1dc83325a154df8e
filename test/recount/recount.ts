import { catalogueOf, type Measure } from './catalogue';
import { bodiesOf, controlOn, councilsOn } from './councils';
import { countDeliverables, entriesOfDeliverables, type RagCount } from './deliverables';
import { daysOfQuarter, firstDayOf, inOneQuarter, lastDayOf } from './dates';
import { entriesOf, type Entry } from './entries';
import { gainsOf, type GainsOfArea } from './gains';
import { gainsByBody, type GainsOfBody } from './gains-by-body';
import { eventsUpTo, type ExportedEvent } from './exported-event';
import { UnexpectedJsonError } from './json';
import { count, happenedIn, type Counted } from './rules';
import { savingsOf, type Savings } from './savings';
import { select, selectingOf } from './selecting';
import { takeUpOf, type TakeUp, type TakeUpBy, type TakeUpOf } from './take-up';
import { standing, thingsOf } from './things';

export interface CouncilOn {
  readonly id: string;
  readonly type: string | null;
  readonly region: string | null;
  readonly control: string;
}

/** A part of a year: up to a day, one quarter, or what is known to lie in the year and in no one quarter of it. */
export type PartOfYear =
  { readonly asAt: string } | { readonly quarter: 1 | 2 | 3 | 4 } | { readonly quarter: 'not known' };

/** The figures of a ledger as recorded by one position, counted anew from its events. */
export interface Recount {
  /** The measures declared, in the order of their first declaration. */
  readonly measures: readonly string[];
  /**
   * A measure for a financial year (201617): pence, hundredths of days, or a count; `base` of a mean is the number
   * of activities, of a sequence the number of bodies asked about.
   * @throws UnexpectedJsonError for a measure that is not declared
   */
  annualTotal(
    measure: string,
    year: number,
    asked?: PartOfYear,
  ): { readonly value: number; readonly base?: number };
  /** How many records that flows count are dated to the whole of a year and to nothing less. */
  datedOnlyToYear(year: number): number;
  /** @throws UnexpectedJsonError for a measure that is not declared */
  takeUp(of: TakeUpOf, year: number, by: TakeUpBy): TakeUp;
  savings(year: number): Savings;
  /** Claims of a year by savings area, from estimate to verified. */
  gains(year: number): readonly GainsOfArea[];
  /** The same by body. */
  gainsByBody(year: number): readonly GainsOfBody[];
  /** The deliverables of a year as at a day of it. */
  deliverables(year: number, day: string): RagCount;
  councilsOn(day: string): readonly CouncilOn[];
}

function countPart(
  measure: Measure,
  selected: readonly Entry[],
  year: number,
  asked: PartOfYear | undefined,
): Counted {
  if (asked === undefined) return count(measure, selected, year);
  if ('asAt' in asked) return count(measure, selected, year, { from: firstDayOf(year), to: asked.asAt });
  if (asked.quarter !== 'not known')
    return count(measure, selected, year, daysOfQuarter(year, asked.quarter));
  const inNone = selected.filter((entry) => happenedIn(entry, year) && !inOneQuarter(entry));
  return count(measure, inNone, year);
}

/**
 * Counts from exported events alone, as recorded by a position. The rules are those of the README beside this.
 * @param source lines of NDJSON, or events; in any order, and it may go on beyond the position
 */
export function recount(source: Iterable<string | ExportedEvent>, position: bigint): Recount {
  const events = eventsUpTo(source, position);
  const contents = standing(thingsOf(events));
  const entries = [...entriesOf(contents), ...entriesOfDeliverables(contents)];
  const catalogue = catalogueOf(events);
  const bodies = bodiesOf(events);
  return {
    measures: [...catalogue.measures.keys()],
    annualTotal(id, year, asked) {
      const measure = catalogue.measures.get(id);
      if (measure === undefined) throw new UnexpectedJsonError(`The measure ${id}`, 'declared');
      const selected = select(entries, selectingOf(measure.parameters), catalogue, bodies);
      const { value, base } = countPart(measure, selected, year, asked);
      return base === undefined ? { value } : { value, base };
    },
    datedOnlyToYear(year) {
      const records = new Set<string>();
      for (const { stock, parameters } of catalogue.measures.values())
        for (const { stream, from, to } of stock
          ? []
          : select(entries, selectingOf(parameters), catalogue, bodies))
          if (from === firstDayOf(year) && to === lastDayOf(year)) records.add(stream);
      return records.size;
    },
    takeUp: (of, year, by) => takeUpOf({ entries, catalogue, bodies }, of, year, by),
    deliverables: (year, day) => countDeliverables(contents, year, day),
    savings: (year) => savingsOf(contents, catalogue, year),
    gains: (year) => gainsOf(contents, catalogue, year),
    gainsByBody: (year) => gainsByBody(contents, year),
    councilsOn: (day) =>
      councilsOn(bodies, day).map((council) => ({
        id: council.id,
        type: council.type,
        region: council.region,
        control: controlOn(council, day),
      })),
  };
}
