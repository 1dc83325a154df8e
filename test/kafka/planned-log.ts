import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog, type AppendRequest } from '@ledger/event-log';
import { plannedAppends } from '../durability/small-ledger/plan';

/** A log in a file, to which a made-up history is appended bit by bit. */
export class PlannedLog {
  readonly #folder = mkdtempSync(join(tmpdir(), 'planned-log-'));
  readonly file = join(this.#folder, 'log.db');
  readonly log = SqliteEventLog.open(this.file, () => Date.parse('2017-05-01T09:00:00Z'));
  readonly #appends: AppendRequest[];

  constructor(plan: { readonly seed: number; readonly events: number }) {
    this.#appends = [...plannedAppends(plan)];
  }

  /** Appends up to so many of what is planned; whether anything is left. */
  async record(appends: number): Promise<boolean> {
    // All at once: they share commits, and are recorded in this order.
    await Promise.all(this.#appends.splice(0, appends).map(async (request) => this.log.append(request)));
    return this.#appends.length > 0;
  }

  async recordAll(): Promise<void> {
    await this.record(Number.MAX_SAFE_INTEGER);
  }

  async remove(): Promise<void> {
    await this.log.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
