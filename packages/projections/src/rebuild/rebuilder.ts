import type { Draft } from '@ledger/read-store';
import type { Projection } from '../runtime/projection';

/** A draft, and the projections that it holds. */
export interface OrderedDraft {
  readonly draft: Draft;
  readonly of: readonly Projection[];
}

/** What is to be built. */
export interface RebuildOrder {
  /** One or several, which are built from one reading of the log. */
  readonly drafts: readonly OrderedDraft[];
  readonly upTo: number;
  /** Whether questions are answered from an earlier version meanwhile: then the rebuild is to leave them room. */
  readonly besideAnswers?: boolean;
  readonly onProgress?: (position: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings drafts up to a position: in this thread, or in others so that questions are answered meanwhile. When it
 * resolves, nobody else holds the drafts' files.
 */
export type Rebuilder = (order: RebuildOrder) => Promise<void>;
