import type { AnsweredAt } from '../answered';

/**
 * Amounts of a row, in pence; differences only where there is a target. Attributed is each amount less what is put down to
 * others than the programme: both are kept (B8).
 */
export interface GainsCells {
  readonly claims: number;
  /** What was identified or agreed; of what was never estimated, what was delivered. */
  readonly estimatePence: number;
  readonly estimateAttributedPence: number;
  readonly deliveredPence: number;
  /** Of what is delivered, what is verified. */
  readonly verifiedPence: number;
  readonly verifiedAttributedPence: number;
  readonly deliveredAttributedPence: number;
  /** Delivered, less what it cost in the year to deliver it. */
  readonly deliveredNetPence: number;
  readonly deliveredNetAttributedPence: number;
  /** Of the claims that have an amount of the year, what is estimated over all their years. */
  readonly lifetimeEstimatePence: number;
  /** Delivered in the year and in every year before it. */
  readonly deliveredToDatePence: number;
  readonly targetPence: number | null;
  readonly estimateMinusTargetPence: number | null;
  readonly deliveredMinusTargetPence: number | null;
}

export interface GainsRow extends GainsCells {
  /** The id of the savings area or programme; null for claims of none. */
  readonly id: string | null;
  readonly label: string;
}

/** Savings by area or programme, from estimate to verified (B13). */
export interface GainsTable extends AnsweredAt {
  readonly year: string;
  readonly by: 'area' | 'programme';
  readonly rows: readonly GainsRow[];
  readonly total: GainsCells;
  /** What each column adds up: every gain type in it is named (B5). */
  readonly columns: {
    readonly estimate: string;
    readonly delivered: string;
    readonly verified: string;
    readonly lifetimeEstimate: string;
    readonly deliveredToDate: string;
  };
  /** By which methods the amounts were found. */
  readonly footnotes: readonly string[];
  readonly rule: { readonly id: string; readonly words: string };
  /** How what is beyond the year is added (B6). */
  readonly lifetimeRule: { readonly id: string; readonly words: string };
}

/** An event of a claim, as a bridge names it. */
export interface BridgedEvent {
  readonly position: string;
  readonly type: string;
  readonly recordedAt: string;
}

/** One claim within a line of a bridge. */
export interface BridgedClaim {
  /** Null where the claim is not for the viewer; its amounts are in the line all the same. */
  readonly id: string | null;
  readonly title: string | null;
  readonly beforePence: number;
  readonly afterPence: number;
  /** The events between the two positions, or all of the claim where there are none; none where it is not for the viewer. */
  readonly events: readonly BridgedEvent[];
}

export interface BridgeLine {
  readonly cause: string;
  readonly claims: number;
  readonly pence: number;
  /** The claims of it, the largest difference first, up to a number that can be read. */
  readonly largest: readonly BridgedClaim[];
}

/** What lies between two positions, or two years: opening and the lines come to the closing (B15). */
export interface Bridge extends AnsweredAt {
  readonly from: { readonly year: string; readonly position: string; readonly pence: number };
  readonly to: { readonly year: string; readonly position: string; readonly pence: number };
  readonly lines: readonly BridgeLine[];
  /** What is added up: every gain type and realisation in it is named. */
  readonly label: string;
}
