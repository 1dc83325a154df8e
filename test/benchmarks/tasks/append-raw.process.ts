import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { encodeStoredBody } from '@ledger/events';
import { SqliteEventLog } from '@ledger/event-log';
import { openDatabase } from '@ledger/sqlite';
import type { DecidedAppend } from '../data/life-events';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { batchesOf, type AppendTask } from './append-input';

/*
 * The limit of appending: the binding of SQLite, with statements prepared and every value made before, writes the
 * rows that the log writes, under the same settings. It checks nothing and answers nobody.
 */

/** The values of the rows of one append. */
interface Rows {
  /** Names of streams that begin with it. */
  readonly streams: readonly string[];
  readonly events: readonly (readonly [
    stream: number,
    revision: number,
    id: Uint8Array,
    bytes: Uint8Array,
  ])[];
  readonly command: readonly [digest: Uint8Array, hash: Uint8Array, first: number, events: number];
}

function rowsOf(batches: readonly (readonly DecidedAppend[])[]): Rows[] {
  const numbers = new Map<string, number>();
  let position = 1;
  return batches.map((batch, number) => {
    const streams: string[] = [];
    const hex = createHash('sha256').update(`append ${number}`).digest('hex');
    const actor = batch[0]?.event.id ?? '';
    const events = batch.map(({ stream, revision, event }) => {
      if (!numbers.has(stream)) {
        numbers.set(stream, numbers.size + 1);
        streams.push(stream);
      }
      const bytes = encodeStoredBody({
        ...event,
        stream,
        recordedAt: '2026-03-31T09:00:00.000Z',
        actor,
        command: { scope: 'record', key: hex, hash: hex },
        correlationId: actor,
        causationId: actor,
      });
      const id = Buffer.from(event.id.replaceAll('-', ''), 'hex');
      return [numbers.get(stream) ?? 0, revision, id, bytes] as const;
    });
    const first = position;
    position += batch.length;
    const digest = Buffer.from(hex.slice(0, 32), 'hex');
    return { streams, events, command: [digest, Buffer.from(hex, 'utf8'), first, batch.length] };
  });
}

/** Writes the rows of some appends in each commit. */
async function written(
  file: string,
  rows: readonly Rows[],
  together: number,
): Promise<Omit<Sample, 'values'>> {
  // The log makes its own tables.
  await SqliteEventLog.open(file, Date.now).close();
  const database = openDatabase(file, { synchronous: 'FULL' });
  // What is prepared by the driver itself, without what this project wraps around it.
  const { statement: insertStream } = database.prepare('INSERT INTO stream (name) VALUES (?)');
  const { statement: insertEvent } = database.prepare(
    'INSERT INTO event (stream, revision, id, bytes) VALUES (?, ?, ?, ?)',
  );
  const { statement: insertCommand } = database.prepare(
    'INSERT INTO command (digest, hash, first, events) VALUES (?, ?, ?, ?)',
  );
  const end = startWatch();
  for (let at = 0; at < rows.length; at += together) {
    database.exec('BEGIN IMMEDIATE');
    for (const { streams, events, command } of rows.slice(at, at + together)) {
      for (const name of streams) insertStream.run(name);
      for (const event of events) insertEvent.run(...event);
      insertCommand.run(...command);
    }
    database.exec('COMMIT');
  }
  const used = end();
  database.close();
  return used;
}

serveTask(async (task: AppendTask): Promise<Sample> => {
  const folder = mkdtempSync(join(task.folder, 'append-'));
  try {
    const warmUp = rowsOf(batchesOf({ ...task, events: Math.min(task.events, 2000, task.batch * 50) }));
    const rows = rowsOf(batchesOf(task));
    await written(join(folder, 'warm-up.db'), warmUp, task.callers);
    const used = await written(join(folder, 'log.db'), rows, task.callers);
    return { ...used, values: { eventsPerSecond: task.events / used.wallSeconds } };
  } finally {
    rmSync(folder, { recursive: true });
  }
});
