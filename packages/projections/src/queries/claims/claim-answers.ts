import type {
  Assurance,
  AttachedEvidence,
  Confirmation,
  Fault,
  Grade,
  OverlapReason,
  SampleDesign,
  StandingBaseline,
} from '@ledger/domain';
import type { EventData, NoteRef, Qualifier } from '@ledger/events';
import type { AnsweredAt, AskedAt, HistoryStep, RecordSummary } from '../answered';
import type { Viewer } from '../viewer';
import type { AgeBand } from './ageing';

/** What a claim comes to in one financial year; amounts in pence, null where none is given. */
export interface ClaimYear {
  readonly year: string;
  /** The year as data: 201920. */
  readonly number: number;
  readonly estimatedPence: number | null;
  readonly deliveredPence: number | null;
  /** What it cost to make the gain, of what is delivered, else of the estimate. */
  readonly costPence: number | null;
  /** Gross less cost, of what is delivered, else of the estimate. */
  readonly netPence: number | null;
  readonly verifiedPence: number | null;
  /** Why not all of it is verified. */
  readonly reason: string | null;
  /** The part put down to the programme, of what is delivered, else of the estimate. */
  readonly attributedPence: number | null;
  readonly qualifier: Qualifier | null;
}

/** An amount over several years of which no slices are given: nothing divides it. */
export interface UndividedAmount {
  readonly from: string;
  readonly to: string;
  readonly pence: number;
  readonly qualifier: Qualifier;
}

export interface ClaimSummary extends RecordSummary {
  readonly realisation: string;
  readonly assurance: Assurance;
  readonly gainType: string;
  readonly years: readonly ClaimYear[];
  readonly undivided: readonly UndividedAmount[];
  /** Queries that are not answered, by the days on which they are due. */
  readonly queriesDue: readonly string[];
}

/** One question of finance on a claim, with its answer. */
export interface ThreadEntry {
  readonly query: string;
  readonly due: string;
  readonly asked: { readonly by: string; readonly at: string; readonly noteRef: NoteRef };
  readonly answered: { readonly by: string; readonly at: string; readonly noteRef: NoteRef } | null;
}

/** Another claim that may count the same gain, and what was decided about the two. */
export interface ClaimOverlap {
  /** The other claim; null where it is not for the viewer. */
  readonly claim: ClaimSummary | null;
  readonly because: readonly OverlapReason[];
  /** Whether neither claim is assured until somebody has decided. */
  readonly blocking: boolean;
  readonly resolved: EventData<'OverlapResolved'>['as'] | null;
}

export interface ClaimOverlaps extends AnsweredAt {
  readonly overlaps: readonly ClaimOverlap[];
}

export interface ClaimAnswer extends AnsweredAt {
  readonly claim: ClaimSummary;
  readonly revision: string;
  readonly content: EventData<'SavingsRecorded'>;
  readonly baseline: StandingBaseline | null;
  readonly evidence: readonly AttachedEvidence[];
  /** What submitting it would be refused for. */
  readonly missing: readonly Fault[];
  /** Of a recurring gain: the confirmation that it needs next. */
  readonly confirmation: Confirmation | null;
  /** Who did the three parts that three persons do: ids. */
  readonly persons: {
    readonly submitted: readonly string[];
    readonly agreed: readonly string[];
    readonly verified: readonly string[];
  };
  /** The audit worksheet, with the grade that follows from it by a published rule. */
  readonly worksheet: {
    readonly tests: EventData<'ClaimTested'>['tests'];
    readonly grade: Grade;
    readonly rule: { readonly id: string; readonly words: string };
    readonly by: string;
  } | null;
  readonly thread: readonly ThreadEntry[];
  readonly history: readonly HistoryStep[];
}

/** A recurring gain and the confirmation that it needs next (B9). */
export interface ConfirmationDue {
  readonly claim: ClaimSummary;
  readonly year: string;
  /** The last day on which it is in time. */
  readonly due: string;
  readonly overdue: boolean;
  /** In how many full years after the first it was made. */
  readonly persisted: number;
}

export interface ConfirmationsAnswer extends AnsweredAt {
  readonly confirmations: readonly ConfirmationDue[];
}

/** A question of finance that nobody has answered yet. */
export interface OpenQuery {
  readonly claim: ClaimSummary;
  readonly query: string;
  readonly due: string;
  /** The London date on which it was asked. */
  readonly asked: string;
  readonly daysOpen: number;
  /** How many days it is past its day; 0 where it is in time. */
  readonly daysOverdue: number;
}

export interface OpenQueries extends AnsweredAt {
  /** Those due first. */
  readonly queries: readonly OpenQuery[];
  readonly overdue: number;
  /** How many are how long past their day. */
  readonly ageing: readonly AgeBand[];
}

/** A claim that was drawn. */
export interface DrawnClaim {
  /** Null where the claim is not for the viewer. */
  readonly claim: ClaimSummary | null;
  readonly drawn: 'largest' | 'by monetary unit';
  readonly units: number;
  readonly deliveredPence: number;
  /** What is verified of it now; null where nobody has looked at it. */
  readonly verifiedPence: number | null;
}

/** A sample of the claims delivered in a year, which can be drawn again (B11). */
export interface ClaimSample extends AnsweredAt {
  readonly year: string;
  readonly design: SampleDesign;
  readonly populationClaims: number;
  readonly populationPence: number;
  readonly sampledPence: number;
  /** Of the value, the share that the sample covers, in whole per cent rounded half up. */
  readonly coveragePercent: number;
  readonly intervalPence: number;
  readonly drawn: readonly DrawnClaim[];
  /** Null until every claim of the sample has been looked at. */
  readonly projectedMisstatementPence: number | null;
  readonly words: string;
}

export interface ClaimsQuestion {
  readonly viewer: Viewer;
  /** Only claims in this state of assurance. */
  readonly assurance?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly at?: AskedAt;
}

export interface ClaimsPage extends AnsweredAt {
  /** How many claims are in each state, of those that the viewer may read. */
  readonly states: readonly { readonly assurance: string; readonly claims: number }[];
  readonly claims: readonly ClaimSummary[];
  readonly total: number;
  readonly next: string | null;
}
