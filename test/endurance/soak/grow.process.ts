import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { newId, streamOf } from '@ledger/events';
import { SqliteEventLog, type NewEvent, type StreamWrite } from '@ledger/event-log';
import { benchData } from '../../benchmarks/data/bench-data';
import { notaryOf } from '../../running/log-notary';
import { dataSetEvents } from './options';
import { percentile } from './percentile';

/*
 * Lets the log of a ledger grow while no server has it: FOLDER FIRST-SEED UP-TO. Data sets of one seed after another are
 * appended through the log's own append, each without its register and catalogue, which are there already: so every
 * year, body and offer grows alike. Then single events are appended, one at a time, to see how long that takes now. What
 * has grown is sealed, as a server would have done meanwhile.
 */

const singleAppends = 2000;

/** What a growing came to, as its process says it. */
export interface Grown {
  /** The seed of the first data set that is not in the log. */
  readonly nextSeed: number;
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Milliseconds of one append. */
  readonly appendMedian: number;
  readonly appendP99: number;
}

/** The records of a data set, without what they are about. */
function recordsOf(writes: readonly StreamWrite[]): StreamWrite[] {
  return writes.filter(({ stream }) => /^(activity|claim|observation)-/.test(stream));
}

async function grow(log: SqliteEventLog, firstSeed: number, upTo: bigint): Promise<number> {
  let seed = firstSeed;
  for (let { position } = await log.head(); position < upTo; seed++)
    for (const { recordedAtMs: _at, count: _count, ...append } of benchData({
      events: dataSetEvents,
      seed,
    })) {
      const writes = recordsOf(append.writes);
      if (writes.length > 0) ({ position } = await log.append({ ...append, writes }));
    }
  return seed;
}

/** New support activities like those of the data set. */
function newActivities(count: number): StreamWrite[] {
  const found: StreamWrite[] = [];
  for (const { writes } of benchData({ events: dataSetEvents, seed: 1 }))
    for (const { events } of writes)
      for (const event of events) {
        if (event.type !== 'SupportProvided') continue;
        const made: NewEvent = { ...event, id: newId() };
        found.push({ stream: streamOf('activity', newId()), expected: 'no-stream', events: [made] });
        if (found.length === count) return found;
      }
  return found;
}

/** Milliseconds of appends of one event, one after another. */
async function timedAppends(log: SqliteEventLog): Promise<number[]> {
  const taken: number[] = [];
  for (const write of newActivities(singleAppends)) {
    const id = newId();
    const began = performance.now();
    await log.append({
      writes: [write],
      command: { actor: id, scope: 'soak', key: id, hash: id },
      correlationId: id,
      causationId: id,
    });
    taken.push(performance.now() - began);
  }
  return taken;
}

async function main([folder = '', firstSeed = '', upTo = '']: readonly string[]): Promise<void> {
  const log = SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  const before = (await log.head()).position;
  const began = performance.now();
  const nextSeed = await grow(log, Number(firstSeed), BigInt(upTo));
  const seconds = (performance.now() - began) / 1000;
  const events = Number((await log.head()).position - before);
  const taken = await timedAppends(log);
  const notary = await notaryOf(log, folder);
  await notary.seal();
  await notary.close();
  await log.close();
  const grown: Grown = {
    nextSeed,
    events,
    eventsPerSecond: Math.round(events / seconds),
    appendMedian: percentile(taken, 50),
    appendP99: percentile(taken, 99),
  };
  process.stdout.write(JSON.stringify(grown));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
