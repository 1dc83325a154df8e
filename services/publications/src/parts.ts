import type { LedgerQueries } from '@ledger/projections';
import type { Recording } from '@ledger/recording';

/** What publishing and citing need around them. */
export interface PublicationParts {
  readonly recording: Recording;
  readonly queries: LedgerQueries;
  /** Waits until a cursor's position is applied. @throws ProblemError 503 with the position reached */
  readonly whenApplied: (cursor: string) => Promise<void>;
  /** Waits until everything that is recorded is applied: what is published as of now lacks nothing. */
  readonly whenUpToDate: () => Promise<void>;
  /** What people call an actor: a name, or words in its place. */
  readonly nameOf: (id: string) => Promise<string>;
}
