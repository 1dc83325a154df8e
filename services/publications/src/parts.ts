import type { LedgerQueries } from '@ledger/projections';
import type { Recording } from '@ledger/recording';

/** The checkpoint that a publication is under, as it is printed with it (C3). */
export interface SealOver {
  readonly number: number;
  /** The name of the ledger in its checkpoints. */
  readonly origin: string;
  /** Events under it. */
  readonly size: number;
  /** In base64, as in the checkpoint. */
  readonly root: string;
  readonly time: string;
  /** Public keys as one line each. */
  readonly signedBy: readonly string[];
}

/** What publishing and citing need around them. */
export interface PublicationParts {
  readonly recording: Recording;
  readonly queries: LedgerQueries;
  /** Waits until a cursor's position is applied. @throws ProblemError 503 with the position reached */
  readonly whenApplied: (cursor: string) => Promise<void>;
  /** Waits until everything that is recorded is applied: what is published as of now lacks nothing. */
  readonly whenUpToDate: () => Promise<void>;
  /** The first checkpoint over a position; null while it is not sealed. */
  readonly sealOver: (position: bigint) => SealOver | null;
  /** What people call an actor: a name, or words in its place. */
  readonly nameOf: (id: string) => Promise<string>;
}
