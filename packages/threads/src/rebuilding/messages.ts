import type { FoldedShare, FoldTarget, Projection } from '@ledger/projections';

/** What is folded from a log's file, and by how many. */
export interface FileToFold {
  readonly logFile: string;
  readonly upTo: number;
  /** Two fold a share of the streams each: one, which also writes, and a helping thread. */
  readonly threads: 1 | 2;
  /** Positions between checkpoints; null where nothing is said. */
  readonly step: number | null;
}

/** What a folding thread is started with. */
export interface FoldStart {
  readonly logFile: string;
  readonly targets: readonly FoldTarget[];
}

/** What a folding thread answers, in the order of the stretches. */
export type Folded = { readonly chunks: FoldedShare } | { readonly error: string };

/** What a building thread is started with. */
export interface BuildStart extends FileToFold {
  readonly stores: readonly { readonly file: string; readonly of: readonly Projection[] }[];
}

/** What a building thread says. */
export type BuildNews = { readonly position: number } | { readonly done: true } | { readonly error: string };
