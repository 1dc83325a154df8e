import type { Database } from '@ledger/sqlite';
import type { EventLogError } from '../errors';
import type { AppendRequest, AppendResult } from '../port';

/** At most this many callers share one commit, so that nobody waits long behind a crowd. */
const largestGroup = 1000;

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly result: AppendResult } | { readonly error: unknown };

/** What callers see in place of SQLite's errors. */
export interface CommitErrors {
  readonly translate: (error: unknown) => unknown;
  /**
   * The error of everything that comes after a commit that failed, where nobody can know whether it reached the disk;
   * undefined where it surely did not, and the next one may be tried.
   */
  readonly afterFailedCommit: (error: unknown) => EventLogError | undefined;
}

/**
 * Many callers, one fsync: those who come while the event loop turns are written in one transaction, each in a
 * savepoint of its own. A refusal rolls back that caller only; nobody is answered before COMMIT; a COMMIT that
 * fails refuses all. After one that failed in the middle of the disk nothing is written any more.
 */
export class GroupCommit {
  readonly #queue: Waiting[] = [];
  #scheduled = false;
  #stopped: EventLogError | undefined;

  constructor(
    readonly database: Pick<Database, 'exec'>,
    readonly write: (request: AppendRequest) => AppendResult,
    readonly committed: () => void,
    readonly errors: CommitErrors,
  ) {}

  /** Why nothing is written any more, once a commit has failed in such a way that its end is not known. */
  get stopped(): EventLogError | undefined {
    return this.#stopped;
  }

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
    if (this.#stopped !== undefined) {
      for (const { reject } of group) reject(this.#stopped);
      return;
    }
    let outcomes: Outcome[];
    try {
      this.database.exec('BEGIN IMMEDIATE');
      outcomes = group.map(({ request }) => this.#writeOne(request));
      this.#commit();
    } catch (error) {
      this.#rollBack();
      const seen = this.#stopped ?? this.errors.translate(error);
      for (const { reject } of group) reject(seen);
      return;
    }
    this.committed();
    group.forEach(({ resolve, reject }, at) => {
      const outcome = outcomes[at];
      if (outcome === undefined) return;
      if ('result' in outcome) resolve(outcome.result);
      else reject(this.errors.translate(outcome.error));
    });
  }

  /**
   * After a failed synchronising the system takes the pages for written, and says so of the next one: to go on would be
   * to acknowledge what may stand behind a hole. So nothing is written until the log is opened again.
   */
  #commit(): void {
    try {
      this.database.exec('COMMIT');
    } catch (error) {
      this.#stopped = this.errors.afterFailedCommit(error);
      throw error;
    }
  }

  #writeOne(request: AppendRequest): Outcome {
    this.database.exec('SAVEPOINT one');
    try {
      const result = this.write(request);
      this.database.exec('RELEASE one');
      return { result };
    } catch (error) {
      this.#takeBack(error);
      return { error };
    }
  }

  /** Takes one caller back. @throws the caller's error where SQLite has rolled back all: then all are refused */
  #takeBack(error: unknown): void {
    try {
      this.database.exec('ROLLBACK TO one');
      this.database.exec('RELEASE one');
    } catch {
      throw error;
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
