import { join } from 'node:path';
import { figureMapping } from '@ledger/demonstration';
import { SqliteEventLog } from '@ledger/event-log';
import { ReadModels } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { rebuildInThreads } from '@ledger/threads';
import { lifeEvents, requestOf, type DecidedAppend } from '../data/life-events';

/** Where a ledger's folder holds its log. */
export function logFileOf(folder: string): string {
  return join(folder, 'log.db');
}

/** Log and read models of a ledger's folder, opened as a server opens them; and events to record in it. */
export class OpenedLedger {
  readonly #events: Iterator<DecidedAppend>;
  #recorded = 0;

  private constructor(
    readonly log: SqliteEventLog,
    readonly models: ReadModels,
    seed: number,
  ) {
    this.#events = lifeEvents({ seed, count: Number.MAX_SAFE_INTEGER })[Symbol.iterator]();
  }

  /** @param seed of what is recorded: another for every run on the same ledger */
  static async open(folder: string, seed: number): Promise<OpenedLedger> {
    const logFile = logFileOf(folder);
    const log = SqliteEventLog.open(logFile, Date.now);
    const models = await ReadModels.open({
      shelf: new SqliteShelf(join(folder, 'read-models')),
      log,
      figures: figureMapping,
      rebuilder: rebuildInThreads({ logFile }),
    });
    return new OpenedLedger(log, models, seed);
  }

  /** Records events, each by a command of its own, without waiting until they are applied. */
  async record(events: number): Promise<bigint> {
    let last = 0n;
    for (let at = 0; at < events; at++) {
      const event = nextOf(this.#events);
      const { position } = await this.log.append(requestOf([event], `${event.event.id} ${++this.#recorded}`));
      last = position;
    }
    return last;
  }

  /** Records one event and waits until the read models have it. */
  async recordAndApply(): Promise<void> {
    await this.models.whenApplied(await this.record(1));
  }

  async close(): Promise<void> {
    await this.models.close();
    await this.log.close();
  }
}

function nextOf(events: Iterator<DecidedAppend>): DecidedAppend {
  const { done, value } = events.next();
  if (done === true) throw new RangeError('There are no more events to record');
  return value;
}
