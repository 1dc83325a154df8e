import type { Role } from '@ledger/events';

/** What take-up is asked of: a measure, one offer, or a programme of offers. */
export type TakeUpOf =
  { readonly measure: string } | { readonly offer: string } | { readonly programme: string };

/** How take-up is grouped; `all` is all councils as one group. */
export type Grouping = 'region' | 'type' | 'control' | 'party' | 'all';

/** A quarter of a financial year, or what is known to lie in the year and in no one quarter of it. */
export const quarters = [1, 2, 3, 4, 'not-known'] as const;
export type Quarter = (typeof quarters)[number];

/** One number asked of a measure: over a financial year, or over the part of it up to a day. */
export interface AnnualTotalQuery {
  readonly ask: 'annual-total';
  readonly measure: string;
  readonly year: number;
  /** Only records of this offer, or of the offers of this programme. */
  readonly offer?: string;
  readonly programme?: string;
  /** Only bodies in these roles, in place of the measure's own. */
  readonly roles?: readonly Role[];
  /** Up to this day of the year: for half-year reports; a stock is asked on it. */
  readonly asAt?: string;
  /** Only this quarter of the year; a stock is asked on its last day. */
  readonly quarter?: Quarter;
}

/** The share of one group of councils. */
export type TakeUpQuery = TakeUpOf & {
  readonly ask: 'take-up';
  readonly year: number;
  readonly by: Grouping;
  /** Of `all`, anything. */
  readonly group: string;
};

/** Pounds of a year: of all areas, of one, or of one sort of gain. */
export interface SavingsQuery {
  readonly ask: 'savings';
  readonly year: number;
  readonly area?: string;
  readonly offer?: string;
  readonly realisation?: string;
  readonly gainType?: string;
}

/** What was aimed at for a year: never computed, only shown beside. */
export interface SavingsTargetQuery {
  readonly ask: 'savings-target';
  readonly year: number;
}

/** A figure as a question to the ledger: what a published figure is mapped to. */
export type FigureQuery = AnnualTotalQuery | TakeUpQuery | SavingsQuery | SavingsTargetQuery;

/** A published figure and the question that computes it. */
export interface MappedFigure {
  readonly figure: string;
  readonly query: FigureQuery;
}
