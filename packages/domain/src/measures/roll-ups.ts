import type { EventData } from '@ledger/events';
import type { LineKind } from '../lines/line';
import type { Remainder } from './remainder';
import type { Span } from './standing-line';

/** Bodies or persons, by numbers that mean the same in every answer of one `RollUps`. */
export interface Subjects extends Iterable<number> {
  readonly size: number;
  has(subject: number): boolean;
  forEach(tell: (subject: number) => void): void;
}

/** Subjects with a line, and those of them with an illustrative line. */
export interface SubjectsOfYear {
  readonly all: Subjects;
  readonly illustrative: Subjects;
}

/** Things with a line, and the quantity of their lines. */
export interface ThingsOfYear {
  /** How many there are: counted when asked, since some rules want only the quantity. */
  readonly count: () => Promise<number>;
  readonly quantity: number;
  readonly illustrative: boolean;
}

/** When a body or person had something of a selection: what sequence rules read. Days count from one fixed day. */
export interface Spell {
  /** 0 for none, as for the person. */
  readonly body: number;
  readonly person: number;
  readonly offer: string | null;
  readonly kind: LineKind;
  readonly subject: string | null;
  readonly from: number;
  readonly to: number;
  readonly illustrative: boolean;
}

/** On which days something may begin and end, by their numbers. Each bound is a day that may still be; left out, there is none. */
export interface DayBounds {
  readonly beginsFrom?: number;
  readonly beginsBy?: number;
  readonly endsFrom?: number;
  readonly endsBy?: number;
}

/** Which spells are told: what is left out costs little. */
export interface WantedSpells {
  readonly kinds?: readonly LineKind[];
  /** Only of lines that surely lie in one of these years; null for those of no known year. */
  readonly years?: readonly (number | null)[];
  readonly days?: DayBounds;
}

/**
 * Roll-ups of the lines of one selection, as recorded by one position. Each is equal to what the lines themselves
 * give; where no roll-up is kept that could tell, those are what it is made from.
 */
export interface RollUps {
  /** Things with a line that surely lies in the financial year. */
  things(year: number): Promise<ThingsOfYear>;
  /** How many persons have a line that surely lies in the year. */
  countPersons(year: number): Promise<{ readonly count: number; readonly illustrative: boolean }>;
  /** The kinds of the selection's lines. */
  readonly kinds: readonly LineKind[];
  /** Bodies with a line, of some kinds of the selection, that surely lies in one of the years. */
  bodies(years: readonly number[], kinds?: readonly LineKind[]): Promise<SubjectsOfYear>;
  /** Bodies with a line that surely lies in one of the years, offer by offer. */
  bodiesByOffer(
    years: readonly number[],
  ): Promise<readonly (SubjectsOfYear & { readonly offer: string | null })[]>;
  /** Persons with a line of one kind of the selection that surely lies in the year. */
  persons(year: number, kind: LineKind): Promise<SubjectsOfYear>;
  /** The years that have lines of a kind. */
  yearsOf(kind: LineKind): readonly number[];
  /** How many things have a line that may lie in the span, but is not known to. */
  countUnsure(span: Span): Promise<number>;
  /** Lines of the selection, told one after another. A spell is good only while it is told. */
  eachSpell(which: WantedSpells, tell: (spell: Spell) => void): Promise<void>;
  /** The day of a date, as in spells. */
  day(date: string): number;
  /** The ids of bodies. */
  ids(bodies: Iterable<number>): ReadonlySet<string>;
}

/** What is asked of roll-ups: a whole financial year of a flow. */
export interface RollUpQuestion {
  readonly year: number;
  /** The days of the year. */
  readonly span: Span;
  readonly parameters: EventData<'MeasureDeclared'>['parameters'];
}

/** What a rule answers from roll-ups: an evaluation without its lines. */
export interface Counted {
  readonly value: number;
  readonly base?: number;
  readonly bodies: ReadonlySet<string>;
  readonly remainders: readonly Remainder[];
  /** Whether any of the lines counted is illustrative. */
  readonly illustrative: boolean;
}
