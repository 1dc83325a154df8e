import type { Draft } from '@ledger/read-store';
import type { Projection } from '../runtime/projection';

/** What is to be built. */
export interface RebuildOrder {
  readonly draft: Draft;
  readonly of: readonly Projection[];
  readonly upTo: number;
  /** Whether questions are answered from an earlier version meanwhile: then the rebuild is to leave them room. */
  readonly besideAnswers?: boolean;
  readonly onProgress?: (position: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings a draft up to a position: in this thread, or in others so that questions are answered meanwhile. When it
 * resolves, nobody else holds the draft's file.
 */
export type Rebuilder = (order: RebuildOrder) => Promise<void>;
