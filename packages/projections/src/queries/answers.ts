import type {
  AnsweredAt,
  AskedAt,
  ChangeAfterClose,
  ChangedFigure,
  FigureStanding,
  HistoryStep,
  RecordSummary,
  RuleCited,
  Standing,
} from './answered';
import type { Bridge, CellQuestion, GainsQuestion, GainsTable } from './savings-tables/gains-table-answers';
import type { CitedTable, CitedTableQuestion } from './citations/cited-figure';
import type {
  PublicationAnswer,
  PublicationChanges,
  PublicationsAnswer,
} from './publications/publication-answers';
import type { PublishedFact } from './publications/published-facts';
import type { FigureChecks } from './figures/figure-check-answers';
import type {
  ClaimAnswer,
  ClaimOverlaps,
  ClaimsPage,
  ConfirmationsAnswer,
  ClaimsQuestion,
  ClaimSample,
  OpenQueries,
} from './claims/claim-answers';
import type { HierarchyLevel, NoteRef, Rag } from '@ledger/events';
import type { Viewer } from './viewer';
import type {
  AnnualTotalQuery,
  Quarter,
  RagDefinition,
  SavingsQuery,
  Share,
  TakeUpOf,
  SampleDesign,
} from '@ledger/domain';

export type {
  AnsweredAt,
  AskedAt,
  ChangeAfterClose,
  ChangedFigure,
  FigureStanding,
  HistoryStep,
  RecordSummary,
  RuleCited,
  Standing,
} from './answered';

/*
 * What the queries answer, in the form in which it goes to JSON: positions are decimal strings, money is whole
 * pence beside pounds, and every answer names its position and its rule.
 */

/** A published figure beside a computed one. */
export interface PublishedBeside {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly qualifier: string;
  readonly source: string;
  readonly comparable: boolean;
  /** Why it may or may not be compared: "made to match the published figure", "records held: 1; published: 129; not comparable". */
  readonly reason: string;
}

/** A change on the year before, with its base (S3). */
export interface Change {
  readonly previous: number;
  readonly base: number;
  readonly percentage: number | null;
  readonly shown: string;
}

export interface LeftOut {
  readonly label: string;
  readonly count: number;
}

export interface AnnualTotalRow {
  readonly standing: FigureStanding;
  readonly measure: string;
  readonly label: string;
  /** People, pounds, days … : pounds for GBP and days (with decimals) for days. */
  readonly value: number;
  readonly unit: string;
  readonly shown: string;
  /** Only of a ratio or a mean. */
  readonly numerator?: number;
  readonly base?: number;
  readonly rule: RuleCited;
  readonly change: Change | null;
  readonly published: readonly PublishedBeside[];
  readonly leftOut: readonly LeftOut[];
  readonly illustrative: boolean;
  /** The path of the explanation of this figure. */
  readonly explain: string;
}

export interface AnnualTotals extends AnsweredAt {
  readonly year: string;
  /** The day of the year the totals are as at; null for the whole year. */
  readonly asAt: string | null;
  /**
   * Records dated only to the year: whether they lie before the day is not known, so no row as at a day counts them.
   * The whole year leaves none out.
   */
  readonly datedOnlyToYear: number;
  readonly rows: readonly AnnualTotalRow[];
}

/** A measure over one quarter, over what lies in no one quarter, or over the year. */
export interface PeriodTotal {
  /** Of a quarter: whether that quarter, or its year, is finally closed. */
  readonly standing: FigureStanding;
  readonly period: Quarter | 'year';
  readonly label: string;
  /** Null where the measure is not asked so: a level has no unknown quarter. */
  readonly value: number | null;
  readonly shown: string;
  readonly numerator?: number;
  readonly base?: number;
  readonly illustrative: boolean;
  readonly explain: string | null;
}

export interface QuarterlyRow {
  readonly measure: string;
  readonly label: string;
  readonly unit: string;
  readonly kind: 'flow' | 'stock';
  readonly rule: RuleCited;
  /** Whether the quarters and the row "quarter not known" add up to the year. */
  readonly addsUp: boolean;
  /** Quarters, then what lies in no one quarter, then the year; of a measure that reads histories the year alone. */
  readonly periods: readonly PeriodTotal[];
}

/** Every measure by quarter: a quarter is known when both ends of a record lie in it (design section 4). */
export interface QuarterlyTotals extends AnsweredAt {
  readonly year: string;
  /** Records dated only to the year: they stand in the rows "quarter not known". */
  readonly datedOnlyToYear: number;
  readonly rows: readonly QuarterlyRow[];
}

/** Several measures added: its label names each of them. */
export interface MeasureSum extends AnsweredAt {
  readonly standing: FigureStanding;
  readonly year: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly shown: string;
}

export interface SavingsAmount {
  readonly pence: number;
  /** Pounds, for readers. */
  readonly value: number;
  readonly unit: 'GBP';
  readonly shown: string;
  readonly qualifier: string;
}

/** A gain with the part of it that is put down to the programme: gross and attributed are both kept (B8). */
export interface AttributedAmount extends SavingsAmount {
  readonly attributedPence: number;
}

export interface SavingsRow extends AttributedAmount {
  readonly standing: FigureStanding;
  /** The savings area, or null for claims of none. */
  readonly area: string | null;
  readonly label: string;
  readonly claims: number;
  readonly change: Change | null;
  readonly published: readonly PublishedBeside[];
  readonly illustrative: boolean;
  readonly explain: string;
}

/** One sort of gain: nothing is added across these unless a label names it (design section 7). */
export interface SavingsSplit extends AttributedAmount {
  readonly realisation: string;
  readonly gainType: string;
  readonly amountBasis: string;
  readonly label: string;
  readonly claims: number;
  readonly explain: string;
}

export interface SavingsTable extends AnsweredAt {
  readonly year: string;
  readonly rows: readonly SavingsRow[];
  /** The sum under a label that names every realisation, gain type and basis it mixes. */
  readonly total: AttributedAmount & {
    readonly standing: FigureStanding;
    readonly label: string;
    readonly published: readonly PublishedBeside[];
    readonly explain: string;
  };
  readonly split: readonly SavingsSplit[];
  /** Amounts that cover this year among others, with no yearly slice given: in no yearly total. */
  readonly notApportioned: AttributedAmount & { readonly claims: number; readonly explain: string };
  readonly target: PublishedBeside | null;
  readonly rule: RuleCited;
}

export interface TakeUpRow extends Omit<Share, 'numerator'> {
  readonly standing: FigureStanding;
  readonly group: string;
  /** Null where it is withheld, being of too few people (by party). */
  readonly numerator: number | null;
  readonly withheld: boolean;
  readonly published: readonly PublishedBeside[];
  readonly explain: string;
}

export type TakeUpBy = 'region' | 'type' | 'control' | 'party';

export interface TakeUp extends AnsweredAt {
  /** What was asked for, in words: the measure's, offer's or programme's label. */
  readonly of: string;
  readonly year: string;
  readonly by: TakeUpBy;
  readonly referenceDate: string;
  readonly rows: readonly TakeUpRow[];
  readonly total: TakeUpRow;
  readonly rule: RuleCited;
  /** Councils reached that do not exist at the reference date, bodies that are no councils, wide dates … */
  readonly excluded: readonly LeftOut[];
}

/** One deliverable as it stood on a day. */
export interface DeliverableRow {
  readonly id: string;
  readonly title: string;
  readonly offer: string | null;
  readonly target: string;
  /** Null where nobody had rated it by then. */
  readonly rag: Rag | null;
  /** The day its rating is of. */
  readonly ratedAsAt: string | null;
  /** How far it had come of the number of its target, where it has one. */
  readonly progress: Share | null;
  /** What the colours of its rating mean. */
  readonly definition: RagDefinition;
  readonly illustrative: boolean;
}

/** How many deliverables stood how on a day. */
export interface RagCounts {
  readonly asAt: string;
  readonly total: number;
  readonly green: number;
  readonly amber: number;
  readonly red: number;
  readonly notRated: number;
}

/** The deliverables of a year as at a day, and as they stood at the end of each quarter up to it. */
export interface Deliverables extends AnsweredAt, RagCounts {
  readonly year: string;
  readonly rule: RuleCited;
  /** The paths of the explanations of the counts. */
  readonly explain: Readonly<Record<'total' | Rag, string>>;
  /** The definitions that the ratings used, and how many used each. */
  readonly definitions: readonly (RagDefinition & { readonly deliverables: number })[];
  readonly quarters: readonly (RagCounts & { readonly quarter: number })[];
  readonly rows: readonly DeliverableRow[];
}

/** GET /api/figures/{id} */
export interface FigureAnswer extends AnsweredAt {
  readonly figure: string;
  readonly published: {
    readonly value: number;
    readonly unit: string;
    readonly qualifier: string;
    readonly source: string;
  };
  readonly computed?: {
    readonly standing: FigureStanding;
    readonly value: number;
    readonly unit: string;
    readonly shown: string;
    readonly numerator?: number;
    readonly base?: number;
    readonly rule: RuleCited;
    readonly position: string;
    readonly explain: string;
  };
  readonly comparable: boolean;
  readonly reason: string;
}

/** One line of an explanation, down to its event. */
export interface ExplainedLine {
  readonly position: string;
  readonly event: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly stream: string;
  readonly kind: string;
  readonly offer: string | null;
  /** Null where there is none, or where it may not be named (`withheld`). */
  readonly body: { readonly id: string; readonly name: string } | null;
  /** Whether the offer is restricted and its bodies are not for this viewer. */
  readonly withheld: boolean;
  readonly role: string | null;
  readonly from: string;
  readonly to: string;
  readonly quantity: number;
  readonly illustrative: boolean;
}

/** A council in a group, and the register events that put it there. */
export interface ExplainedCouncil {
  readonly id: string;
  readonly name: string;
  readonly counts: boolean;
  readonly registerEvents: readonly string[];
}

export interface Explanation extends AnsweredAt {
  readonly standing: FigureStanding;
  readonly question: string;
  readonly value: number;
  readonly unit: string;
  readonly shown: string;
  readonly numerator?: number;
  readonly base?: number;
  readonly rule: RuleCited;
  /** How many lines there are in all, and a page of them. */
  readonly lineCount: number;
  readonly lines: readonly ExplainedLine[];
  readonly next: string | null;
  /** Of a share: the councils of the base; only those that count by open offers where others may not be named. */
  readonly councils?: readonly ExplainedCouncil[];
  readonly leftOut: readonly LeftOut[];
}

export interface OfferAnswer {
  readonly id: string;
  readonly label: string;
  readonly programme: { readonly id: string; readonly label: string };
  readonly theme: { readonly id: string; readonly label: string };
  readonly savingsArea: { readonly id: string; readonly label: string } | null;
  readonly peerChallenge: boolean;
  readonly restricted: boolean;
  /** Where its activities are parts of one another: the level of them that is counted. */
  readonly countedLevel: HierarchyLevel | null;
}

export interface MeasureAnswer {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly kind: 'flow' | 'stock';
  readonly rule: RuleCited;
  readonly addsWith: string | null;
}

export interface RecordPage extends AnsweredAt {
  readonly records: readonly RecordSummary[];
  readonly total: number;
  readonly next: string | null;
}

/** Two records that may be one thing recorded twice; somebody says. */
export interface DuplicatePair {
  readonly one: RecordSummary;
  readonly other: RecordSummary;
  readonly daysApart: number;
  readonly why: string;
}

export interface Duplicates extends AnsweredAt {
  /** The settings they were looked for by. */
  readonly days: number;
  readonly overlapPercent: number;
  readonly total: number;
  readonly pairs: readonly DuplicatePair[];
}

/** Whether a second person looked at what a record says (A10). It changes no figure. */
export interface RecordApproval {
  /** Whether its programme asked for approval before it was recorded. */
  readonly asked: boolean;
  /** Asked, and nobody has approved it as it stands. */
  readonly waiting: boolean;
  /** The last approval; null where there is none. */
  readonly last: {
    readonly actor: string;
    readonly recordedAt: string;
    readonly revision: string;
    readonly noteRef: NoteRef | null;
  } | null;
  /** How often the record was changed since; null where it was never approved. */
  readonly changesSince: number | null;
}

export interface RecordAnswer extends AnsweredAt {
  readonly approval: RecordApproval;
  readonly record: RecordSummary;
  /** Revision of its stream: the ETag. */
  readonly revision: string;
  readonly contents: readonly {
    readonly event: string;
    readonly type: string;
    readonly data: unknown;
    readonly withdrawn: boolean;
  }[];
  readonly history: readonly HistoryStep[];
}

export interface BodyAnswer {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly type: string | null;
  readonly region: string | null;
  readonly control: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly codes: readonly { readonly system: string; readonly code: string }[];
}

/** A quarter or year that is closed, of one programme or of all. */
export interface ClosedPart {
  readonly quarter: number | null;
  readonly programme: string | null;
  readonly state: 'provisional' | 'final';
  /** Where the closing stands: what was recorded up to here was reported. */
  readonly position: string;
}

/** One closing or reopening. */
export interface PeriodStep {
  readonly position: string;
  readonly event: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly quarter: number | null;
  readonly programme: string | null;
  /** Of a closing. */
  readonly level: 'provisional' | 'final' | null;
  /** Of a reopening. */
  readonly reason: string | null;
  readonly noteRef: NoteRef | null;
}

export interface PeriodAnswer {
  readonly year: string;
  readonly closed: readonly ClosedPart[];
  /** Everything that was closed and reopened in it, oldest first. */
  readonly steps: readonly PeriodStep[];
}

export interface PeriodsAnswer extends Omit<AnsweredAt, 'illustrative'> {
  /** Years with records, and years that were ever closed, the newest first. */
  readonly periods: readonly PeriodAnswer[];
}

/** What an adjustment does to one record. */
export interface AdjustedRecord {
  /** As it would be, or is since. */
  readonly record: RecordSummary;
  readonly isNew: boolean;
  /** The types of the withheld events. */
  readonly does: readonly string[];
  readonly changes: HistoryStep['changes'];
}

/** A change to closed time, held back until a second person approves it. */
export interface AdjustmentAnswer {
  readonly id: string;
  /** Incomplete: it is being proposed in several parts, or that broke off. */
  readonly state: 'incomplete' | 'proposed' | 'approved' | 'declined';
  readonly position: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly reason: string;
  readonly noteRef: NoteRef | null;
  readonly decided: {
    readonly position: string;
    readonly by: string;
    readonly at: string;
    readonly noteRef: NoteRef | null;
  } | null;
  /** The imports that it records, or once it is approved has recorded: a file is proposed whole. */
  readonly imports: readonly { readonly id: string; readonly label: string; readonly rows: number }[];
  readonly recordCount: number;
  /** Those that the viewer may read, up to a hundred. */
  readonly records: readonly AdjustedRecord[];
  readonly notShown: number;
}

export interface AdjustmentsAnswer extends Omit<AnsweredAt, 'illustrative'> {
  readonly adjustments: readonly AdjustmentAnswer[];
}

/** A change as it is listed behind a closing. */
export interface ListedChange extends ChangeAfterClose {
  /**
   * True where it changes what was closed and nobody approved it: decided before the closing, and recorded behind it. It is
   * in no final figure, and needs an adjustment.
   */
  readonly acrossTheClose: boolean;
}

export interface ChangesAfterClose extends Omit<AnsweredAt, 'illustrative'> {
  readonly year: string;
  /** The quarter and the programme that were closed; null is the whole year, and all programmes. */
  readonly quarter: number | null;
  readonly programme: string | null;
  readonly state: 'provisional' | 'final';
  readonly closedAt: string;
  readonly changes: readonly ListedChange[];
  /** All that has changed since the closing; also by records of other years, which rules that look back count. */
  readonly total: readonly ChangedFigure[];
  readonly next: string | null;
}

/** The thirds of the product's name and what goes with them; every method answers as at and as recorded by. */
export interface LedgerQueries {
  /** What lists say of themselves, which are no answers of one figure. */
  standing(at?: AskedAt): Promise<Standing>;
  /** Every measure for a year, or for the part of it up to a day. */
  annualTotals(question: {
    year: number;
    asAt?: string;
    /** Only these; left out, all. */
    measures?: readonly string[];
    at?: AskedAt;
  }): Promise<AnnualTotals>;
  quarterlyTotals(question: {
    year: number;
    measures?: readonly string[];
    at?: AskedAt;
  }): Promise<QuarterlyTotals>;
  /** Figures of a table as they can be cited, or one of them (S1). */
  citedFigures(question: CitedTableQuestion): Promise<CitedTable>;
  /** The sum of several measures of a year, where they may be added (S3). */
  sum(question: { measures: readonly string[]; year: number; at?: AskedAt }): Promise<MeasureSum>;
  /** What was published, the newest first. */
  publications(question: {
    readonly limit?: number;
    readonly cursor?: string;
    readonly at?: AskedAt;
  }): Promise<PublicationsAnswer>;
  /** Every figure that was published, as it was published, in order. */
  publishedFigures(at?: AskedAt): Promise<readonly PublishedFact[]>;
  /** A publication: what it said, counted again, and what it says now (S1, D7). */
  publication(id: string, at?: AskedAt): Promise<PublicationAnswer | undefined>;
  /** Which events made its figures differ, a page at a time. */
  publicationChanges(question: {
    readonly id: string;
    readonly cursor?: string;
    readonly at?: AskedAt;
  }): Promise<PublicationChanges | undefined>;
  yearsWithRecords(at?: AskedAt): Promise<readonly string[]>;
  savings(question: { year: number; at?: AskedAt }): Promise<SavingsTable>;
  /** Savings from estimate to verified (B13). */
  gainsTable(question: GainsQuestion): Promise<GainsTable>;
  /** What lies between two years, or two positions (B15). */
  bridge(question: {
    readonly viewer: Viewer;
    readonly from: { readonly year: number; readonly at?: AskedAt };
    readonly to: { readonly year: number; readonly at?: AskedAt };
  }): Promise<Bridge>;
  takeUp(question: TakeUpQuestion): Promise<TakeUp>;
  /** The deliverables of a year as at a day of it; left out, its last day (S5). */
  deliverables(question: { year: number; asAt?: string; at?: AskedAt }): Promise<Deliverables>;
  figure(id: string, at?: AskedAt): Promise<FigureAnswer | undefined>;
  /** How many published figures have a query, and how many do not. */
  figureCoverage(): Promise<{
    readonly published: number;
    readonly withQuery: number;
    readonly withoutQuery: number;
  }>;
  explain(question: ExplainQuestion): Promise<Explanation>;
  measures(at?: AskedAt): Promise<readonly MeasureAnswer[]>;
  offers(at?: AskedAt): Promise<readonly OfferAnswer[]>;
  records(question: RecordsQuestion): Promise<RecordPage>;
  record(
    kind: RecordSummary['kind'],
    id: string,
    viewer: Viewer,
    at?: AskedAt,
  ): Promise<RecordAnswer | undefined>;
  /** The worklist of claims. */
  claims(question: ClaimsQuestion): Promise<ClaimsPage>;
  claim(id: string, viewer: Viewer, at?: AskedAt): Promise<ClaimAnswer | undefined>;
  /** Recurring gains that need a confirmation (B9). */
  confirmations(question: {
    readonly viewer: Viewer;
    readonly today: string;
    readonly at?: AskedAt;
  }): Promise<ConfirmationsAnswer>;
  /** Questions of finance that are not answered (B14). */
  openQueries(question: {
    readonly viewer: Viewer;
    readonly today: string;
    readonly at?: AskedAt;
  }): Promise<OpenQueries>;
  /** A sample of the claims delivered in a year, which can be drawn again (B11). */
  claimSample(
    question: SampleDesign & { readonly viewer: Viewer; readonly year: number; readonly at?: AskedAt },
  ): Promise<ClaimSample>;
  /** Claims that may count the same gain as one (B7). */
  claimOverlaps(id: string, viewer: Viewer, at?: AskedAt): Promise<ClaimOverlaps>;
  /** Amounts brought forward that add up what is unlike, or stand for two things (B7). */
  figureChecks(at?: AskedAt): Promise<FigureChecks>;
  /** Pairs of activities that may be one thing recorded twice (A13). */
  duplicates(question: DuplicateQuestion): Promise<Duplicates>;
  councils(question: { on: string; at?: AskedAt }): Promise<readonly BodyAnswer[]>;
  /** Which quarters and years are closed, and how that came about. */
  periods(at?: AskedAt): Promise<PeriodsAnswer>;
  /** What was proposed to be changed in closed time; of one id, or all. */
  adjustments(question: { viewer: Viewer; id?: string; at?: AskedAt }): Promise<AdjustmentsAnswer>;
  /** What changed a year after it was closed, a page at a time (A9). */
  changesAfterClose(question: {
    year: number;
    quarter?: 1 | 2 | 3 | 4;
    programme?: string;
    cursor?: string;
    at?: AskedAt;
  }): Promise<ChangesAfterClose>;
  /** The name of a body, or its id where the register does not know it. */
  bodyName(id: string): Promise<string>;
}

export interface TakeUpQuestion {
  readonly viewer: Viewer;
  readonly of: TakeUpOf;
  readonly year: number;
  readonly by: TakeUpBy;
  /** Default: the last day of the financial year. */
  readonly referenceDate?: string;
  readonly at?: AskedAt;
}

/** Which figure to explain; a page of its lines at a time. */
export type ExplainQuestion = {
  readonly viewer: Viewer;
  readonly at?: AskedAt;
  readonly limit?: number;
  readonly cursor?: string;
} & (
  | AnnualTotalQuery
  | ({ readonly ask: 'take-up'; readonly group: string } & Omit<TakeUpQuestion, 'at' | 'viewer'>)
  | (SavingsQuery & { readonly amountBasis?: string; readonly notApportioned?: boolean })
  | ({ readonly ask: 'savings-table' } & Omit<CellQuestion, 'viewer'>)
);

/** How alike two records must be to be listed; nothing is ever merged by itself (A13). */
export interface DuplicateQuestion {
  readonly viewer: Viewer;
  /** At most so many days between their first days. */
  readonly days?: number;
  /** At least this share of the words of the shorter title in the other, in hundredths. */
  readonly overlapPercent?: number;
  readonly at?: AskedAt;
}

export interface RecordsQuestion {
  readonly viewer: Viewer;
  readonly kind?: RecordSummary['kind'];
  readonly search?: string;
  readonly offer?: string;
  readonly body?: string;
  readonly year?: number;
  /** Only those whose programme asks for approval, and that wait for it. */
  readonly waiting?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
  readonly at?: AskedAt;
}
