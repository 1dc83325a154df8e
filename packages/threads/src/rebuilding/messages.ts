import type { FoldedChunk, Projection } from '@ledger/projections';

/** What a folding thread is started with. */
export interface FoldStart {
  readonly logFile: string;
  readonly of: readonly Projection[];
  readonly parked: readonly string[];
}

/** A stretch of the log to fold. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
}

/** What a folding thread answers, in the order of the stretches. */
export type Folded = { readonly chunk: FoldedChunk } | { readonly error: string };

/** What a building thread is started with. */
export interface BuildStart {
  readonly logFile: string;
  readonly storeFile: string;
  readonly of: readonly Projection[];
  readonly upTo: number;
  readonly threads: 1 | 2;
  readonly step: number | null;
}

/** What a building thread says. */
export type BuildNews = { readonly position: number } | { readonly done: true } | { readonly error: string };
