import { catalogueOf } from './catalogue';
import { bodiesOf, controlOn, councilsOn } from './councils';
import { countDeliverables, entriesOfDeliverables, type RagCount } from './deliverables';
import { entriesOf } from './entries';
import { eventsUpTo, type ExportedEvent } from './exported-event';
import { UnexpectedJsonError } from './json';
import { count } from './rules';
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

/** The figures of a ledger as recorded by one position, counted anew from its events. */
export interface Recount {
  /** The measures declared, in the order of their first declaration. */
  readonly measures: readonly string[];
  /**
   * A measure for a financial year (201617): pence, hundredths of days, or a count; `base` of a mean is the number
   * of activities, of a sequence the number of bodies asked about.
   * @throws UnexpectedJsonError for a measure that is not declared
   */
  annualTotal(measure: string, year: number): { readonly value: number; readonly base?: number };
  /** @throws UnexpectedJsonError for a measure that is not declared */
  takeUp(of: TakeUpOf, year: number, by: TakeUpBy): TakeUp;
  savings(year: number): Savings;
  /** The deliverables of a year as at a day of it. */
  deliverables(year: number, day: string): RagCount;
  councilsOn(day: string): readonly CouncilOn[];
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
    annualTotal(id, year) {
      const measure = catalogue.measures.get(id);
      if (measure === undefined) throw new UnexpectedJsonError(`The measure ${id}`, 'declared');
      const selected = select(entries, selectingOf(measure.parameters), catalogue, bodies);
      const { value, base } = count(measure, selected, year);
      return base === undefined ? { value } : { value, base };
    },
    takeUp: (of, year, by) => takeUpOf({ entries, catalogue, bodies }, of, year, by),
    deliverables: (year, day) => countDeliverables(contents, year, day),
    savings: (year) => savingsOf(contents, catalogue, year),
    councilsOn: (day) =>
      councilsOn(bodies, day).map((council) => ({
        id: council.id,
        type: council.type,
        region: council.region,
        control: controlOn(council, day),
      })),
  };
}
