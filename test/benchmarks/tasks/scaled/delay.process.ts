import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { FollowedSqliteLog, SqliteEventLog } from '@ledger/event-log';
import { SharedReadModels } from '@ledger/projections';
import { PostgresShelf } from '@ledger/read-store';
import { lifeEvents, requestOf, type DecidedAppend } from '../../data/life-events';
import type { BenchEngines } from '../../lines/context';
import { treeSeconds } from '../../measuring/process-tree';
import type { Sample } from '../../measuring/sample';
import { quantile } from '../../measuring/statistics';
import { startWatch } from '../../measuring/stopwatch';
import { serveTask } from '../../measuring/task-process';
import { withDatabase } from './bench-database';
import { BenchService } from './service';

/*
 * Records events at a steady rate, each by an append of its own, while a publisher in a process of its own publishes them and
 * a projector in another applies them from the topic; and asks again and again, as a service does that answers questions, up to where answers have come.
 */

export interface DelayTask {
  /** A log that is there already. */
  readonly logFile: string;
  readonly folder: string;
  readonly seed: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly engines: BenchEngines;
}

/** How many events can be answered, and how long that took, in milliseconds. */
export interface DelayValues extends Readonly<Record<string, number>> {
  readonly answered: number;
  readonly median: number;
  readonly p99: number;
  /** p99 of the minute in which it was the most. */
  readonly worstMinute: number;
  readonly most: number;
}

/** How often what is due is appended, and how often it is asked, in milliseconds. */
const everyMs = { append: 10, ask: 5 } as const;

/** When each append was called, and how long it took until answers had it. */
class Delays {
  readonly #called: { readonly position: bigint; readonly at: number }[] = [];
  /** How long each took, by the minute of its call. */
  readonly #minutes: number[][] = [];
  #answered = 0;

  appended(position: bigint, at: number): void {
    this.#called.push({ position, at });
  }

  /** Everything up to a position can be answered now. */
  answerable(position: bigint): void {
    const now = performance.now();
    for (let next = this.#called[this.#answered]; next !== undefined && next.position <= position;) {
      const minute = Math.floor((next.at - (this.#called[0]?.at ?? 0)) / 60_000);
      (this.#minutes[minute] ??= []).push(now - next.at);
      this.#answered += 1;
      next = this.#called[this.#answered];
    }
  }

  /** In milliseconds; the last minute may be a short one. */
  get values(): DelayValues {
    const milliseconds = this.#minutes.flat();
    const p99 = (taken: readonly number[]): number => quantile(taken, 0.99);
    return {
      answered: this.#answered,
      median: quantile(milliseconds, 0.5),
      p99: p99(milliseconds),
      worstMinute: Math.max(...this.#minutes.filter(({ length }) => length > 0).map(p99)),
      most: quantile(milliseconds, 1),
    };
  }
}

/** Appends what is due, all at once, as many callers do; positions come in this order. */
async function appendDue(log: SqliteEventLog, due: readonly DecidedAppend[], delays: Delays): Promise<void> {
  const at = performance.now();
  const done = await Promise.all(
    due.map(async (event) => log.append(requestOf([event], `delay ${event.event.id}`))),
  );
  for (const { position } of done) delays.appended(position, at);
}

async function recordSteadily(log: SqliteEventLog, task: DelayTask, delays: Delays): Promise<void> {
  const { seed, perSecond, seconds } = task;
  const count = perSecond * seconds;
  const events = lifeEvents({ seed, count });
  const began = performance.now();
  for (let recorded = 0; recorded < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - began) / 1000) * perSecond)) - recorded;
    const next: DecidedAppend[] = [];
    for (let at = 0; at < due; at++) {
      const { done, value } = events.next();
      if (done !== true) next.push(value);
    }
    await appendDue(log, next, delays);
    recorded += next.length;
    await after(everyMs.append);
  }
}

/** Asks how far answers have come until they have everything. */
async function askUntil(
  models: SharedReadModels,
  last: () => bigint | undefined,
  delays: Delays,
): Promise<void> {
  for (;;) {
    const applied = await models.applied();
    delays.answerable(applied);
    const end = last();
    if (end !== undefined && applied >= end) return;
    await after(everyMs.ask);
  }
}

async function measure(task: DelayTask, logFile: string, address: string): Promise<Sample> {
  const { broker, server } = task.engines;
  const log = SqliteEventLog.open(logFile, Date.now);
  const kafka = { LEDGER_KAFKA: broker.address, LEDGER_KAFKA_TOPIC: `bench-${randomUUID()}` };
  // The topic is made by who publishes, and read once it is there.
  const publisher = await BenchService.start(
    'publisher',
    { ...kafka, LEDGER_LOG: logFile },
    'Publishing what is recorded',
  );
  const projector = await BenchService.start(
    'projector',
    { ...kafka, LEDGER_READ_MODELS: address },
    'Following the topic',
  );
  const services = [publisher, projector];
  const followed = FollowedSqliteLog.open(logFile);
  const shelf = await PostgresShelf.open(address);
  const models = new SharedReadModels({ shelf, log: followed, figures: [] });
  const delays = new Delays();
  let last: bigint | undefined;
  const others = (): number =>
    services.reduce((sum, { seconds }) => sum + seconds, 0) +
    treeSeconds(broker.pid) +
    treeSeconds(server.pid);
  const before = others();
  const end = startWatch(() => others() - before);
  const asking = askUntil(models, () => last, delays);
  await recordSteadily(log, task, delays);
  last = (await log.head()).position;
  await asking;
  const used = end();
  for (const service of services) await service.end('SIGTERM');
  await models.close();
  await shelf.close();
  await followed.close();
  await log.close();
  return { ...used, values: delays.values };
}

serveTask(async (task: DelayTask): Promise<Sample> => {
  const folder = mkdtempSync(join(task.folder, 'delay-'));
  const logFile = join(folder, 'log.db');
  copyFileSync(task.logFile, logFile);
  try {
    return await withDatabase(task.engines.server, async (address) => measure(task, logFile, address));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
