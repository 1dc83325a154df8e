import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SqliteEventLog } from '@ledger/event-log';
import { exportLog, verifyFile } from '@ledger/notary';
import { formatProof, nodeCrypto, parseKey } from '@ledger/seal';
import { notaryOf } from '../../running/log-notary';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';

/* Sealing a log, handing it over and verifying it; and SHA-256 alone over the same bytes, read in the same way. */

export interface SealsTask {
  readonly what: 'seal' | 'hash-log' | 'hand-over' | 'verify' | 'hash-file';
  readonly logFile: string;
  readonly events: number;
  /** An empty folder for seals, or the one in which they were made. */
  readonly folder: string;
}

/** As sealing reads. */
const eventsAtOnce = 1000;
const partBytes = 1024 * 1024;

const bundleIn = (folder: string): string => join(folder, 'bundle.ndjson');

async function seal(log: SqliteEventLog, { folder, events }: SealsTask): Promise<Sample> {
  const notary = await notaryOf(log, folder);
  const end = startWatch();
  const { size, note } = await notary.seal();
  const used = end();
  const index = Math.floor(events / 3);
  const path = notary.evidence.prover.inclusion(index, size);
  const proofBytes = Buffer.byteLength(formatProof({ index, path, checkpoint: note }));
  await notary.close();
  if (size !== events) throw new RangeError(`Only ${size} of ${events} events were sealed`);
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds, proofBytes } };
}

async function hashLog(log: SqliteEventLog, { events }: SealsTask): Promise<Sample> {
  const hash = createHash('sha256');
  const end = startWatch();
  for (let after = 0; after < events; after += eventsAtOnce)
    for (const { bytes } of await log.readPage({ after: BigInt(after), limit: eventsAtOnce }))
      hash.update(bytes);
  hash.digest();
  const used = end();
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds } };
}

async function handOver(log: SqliteEventLog, { folder, events }: SealsTask): Promise<Sample> {
  const notary = await notaryOf(log, folder);
  const end = startWatch();
  const parts = exportLog({ log, notary, upTo: BigInt(events) }, []);
  await pipeline(Readable.from(parts), createWriteStream(bundleIn(folder)));
  const used = end();
  await notary.close();
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds } };
}

async function verify({ folder, events }: SealsTask): Promise<Sample> {
  const key = parseKey(nodeCrypto, readFileSync(join(folder, 'seal.pub')));
  const end = startWatch();
  const { outcome, sealed } = await verifyFile(bundleIn(folder), { keys: [key], held: [] });
  const used = end();
  if (outcome !== 'verified' || sealed !== events) throw new RangeError(`${outcome}: ${sealed} of ${events}`);
  // Linux counts in kilobytes.
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds, megabytes } };
}

async function hashFile({ folder, events }: SealsTask): Promise<Sample> {
  const hash = createHash('sha256');
  const end = startWatch();
  // A stream of a file gives buffers.
  for await (const part of createReadStream(bundleIn(folder), { highWaterMark: partBytes }))
    hash.update(part as Buffer);
  hash.digest();
  const used = end();
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds } };
}

serveTask(async (task: SealsTask): Promise<Sample> => {
  if (task.what === 'verify') return verify(task);
  if (task.what === 'hash-file') return hashFile(task);
  const log = SqliteEventLog.open(task.logFile, Date.now);
  try {
    if (task.what === 'seal') return await seal(log, task);
    return await (task.what === 'hash-log' ? hashLog(log, task) : handOver(log, task));
  } finally {
    await log.close();
  }
});
