import { gainsColumns } from '@ledger/domain';
import type { AnsweredAt, AskedAt } from '../answered';
import type { Viewer } from '../viewer';

/** The cells of a row that open to the events they are made of. */
export const gainsCells = [...gainsColumns, 'lifetime-estimate', 'delivered-to-date'] as const;
export type GainsCell = (typeof gainsCells)[number];

/** By column, the path that explains the amount of a row. */
export type CellsExplained = Readonly<Record<GainsCell, string>>;

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
  /**
   * The id of the savings area, programme or body; null for claims of none. By body, `not-apportioned` is what several
   * bodies have together, and `withheld` what those have whose names are not for the viewer.
   */
  readonly id: string | null;
  readonly label: string;
  readonly explain: CellsExplained;
}

/** Savings by area, programme or body, from estimate to verified (B13). */
export interface GainsTable extends AnsweredAt {
  readonly year: string;
  readonly by: 'area' | 'programme' | 'body';
  readonly rows: readonly GainsRow[];
  readonly total: GainsCells & { readonly explain: CellsExplained };
  /** What each column adds up: how it is realised and known, and every gain type in it, are named (B5). */
  readonly columns: {
    readonly estimate: string;
    readonly delivered: string;
    readonly deliveredNet: string;
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

/** Which table of savings is asked for. The bodies that it names are those that the viewer may see; left out, the public. */
export interface GainsQuestion {
  readonly year: number;
  readonly by: GainsTable['by'];
  readonly viewer?: Viewer;
  readonly at?: AskedAt;
}

/** Which cell of the savings table; the row as an address names it: `none` for claims of none, `all` for the total. */
export interface CellQuestion {
  readonly viewer: Viewer;
  readonly year: number;
  readonly by: GainsTable['by'];
  readonly row: string;
  readonly column: GainsCell;
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
