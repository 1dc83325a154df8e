import type { Database } from '@ledger/sqlite';
import type { AppendRequest, AppendResult } from '../port';

/** At most this many callers share one commit, so that nobody waits long behind a crowd. */
const largestGroup = 1000;

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly result: AppendResult } | { readonly error: unknown };

/**
 * Many callers, one fsync: those who come while the event loop turns are written in one transaction, each in a
 * savepoint of its own. A refusal rolls back that caller only; nobody is answered before COMMIT; a COMMIT that
 * fails refuses all.
 */
export class GroupCommit {
  readonly #queue: Waiting[] = [];
  #scheduled = false;

  constructor(
    readonly database: Pick<Database, 'exec'>,
    readonly write: (request: AppendRequest) => AppendResult,
    readonly committed: () => void,
    /** The error a caller sees in place of one of SQLite. */
    readonly translate: (error: unknown) => unknown,
  ) {}

  async append(request: AppendRequest): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After this turn's I/O: requests that arrived together are written together.
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  /** Writes everything that is waiting, group after group: before the file is closed. */
  drain(): void {
    while (this.#queue.length > 0) this.#writeGroup(this.#queue.splice(0, largestGroup));
  }

  /** Writes the next group of what is waiting. */
  #flush(): void {
    const group = this.#queue.splice(0, largestGroup);
    if (group.length > 0) this.#writeGroup(group);
    if (this.#queue.length > 0) this.#schedule();
  }

  #writeGroup(group: readonly Waiting[]): void {
    let outcomes: Outcome[];
    try {
      this.database.exec('BEGIN IMMEDIATE');
      outcomes = group.map(({ request }) => this.#writeOne(request));
      this.database.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      const seen = this.translate(error);
      for (const { reject } of group) reject(seen);
      return;
    }
    this.committed();
    group.forEach(({ resolve, reject }, at) => {
      const outcome = outcomes[at];
      if (outcome === undefined) return;
      if ('result' in outcome) resolve(outcome.result);
      else reject(this.translate(outcome.error));
    });
  }

  #writeOne(request: AppendRequest): Outcome {
    this.database.exec('SAVEPOINT one');
    try {
      const result = this.write(request);
      this.database.exec('RELEASE one');
      return { result };
    } catch (error) {
      // Where SQLite has rolled back the whole transaction (a full disk) these fail, and all are refused.
      this.database.exec('ROLLBACK TO one');
      this.database.exec('RELEASE one');
      return { error };
    }
  }

  #rollBack(): void {
    try {
      this.database.exec('ROLLBACK');
    } catch {
      // Nothing was open any more; the first error is the one to report.
    }
  }
}
