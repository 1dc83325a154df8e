import type { Actor } from '@ledger/access';
import type { LedgerQueries } from '@ledger/projections';
import type { Recording } from '@ledger/recording';
import type { Scan } from './application/scanning';

/** What commands and questions about claims need around them. */
export interface AssuranceParts {
  readonly recording: Recording;
  readonly queries: LedgerQueries;
  /** Waits until a cursor's position is applied. @throws ProblemError 503 with the position reached */
  readonly whenApplied: (cursor: string) => Promise<void>;
  /** Waits until everything that is recorded is applied: what a decision looks for must not be missed. */
  readonly whenUpToDate: () => Promise<void>;
  /** What people call an actor: a name, or words in its place. */
  readonly nameOf: (id: string) => Promise<string>;
  /** Writes to the audit file that evidence was given to somebody, before it is. */
  readonly audited: (actor: Actor, about: readonly string[]) => void;
  /** Looks through a file for what harms; undefined where the operator has named no scanner. */
  readonly scan: Scan | undefined;
}
