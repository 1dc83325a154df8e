/*
 * Appends and rebuilds with Emmett on SQLite: the same events in the same streams, as its users would tune it. One
 * connection is shared (its pool opens one for each call otherwise), streams are appended to at the version known (which
 * saves it a look), and what is rebuilt is pulled in large batches.
 */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { appendDataSet, eventOf } from './events.mjs';

const require = createRequire(import.meta.url);
const { getSQLiteEventStore, sqliteConnection } = require('@event-driven-io/emmett-sqlite');
const { startWatch } = require('../../dist/benchmarks/measuring/stopwatch.js');
const { serveTask } = require('../../dist/benchmarks/measuring/task-process.js');
const { batchesOf, shared } = require('../../dist/benchmarks/tasks/append-input.js');

/** What Emmett says while it works goes nowhere: the last line printed is the sample. */
globalThis.console = { ...console, log: () => undefined };

function openStore(fileName) {
  const connection = sqliteConnection({ fileName });
  const store = getSQLiteEventStore({ fileName, connectionOptions: { singleton: true, connection } });
  return { connection, store };
}

/** The appends to single streams that a batch is for Emmett, which has no append to several. */
function requestsOf(batch) {
  const byStream = new Map();
  for (const one of batch) {
    const known = byStream.get(one.stream);
    if (known === undefined) byStream.set(one.stream, [one]);
    else known.push(one);
  }
  return [...byStream].map(([stream, ofStream]) => ({
    stream,
    version: BigInt(ofStream[0].revision),
    events: ofStream.map((one) => eventOf(one, batch[0].event.id)),
  }));
}

/** Appends a batch all or nothing: what is for several streams shares one transaction of the connection. */
async function appendBatch({ store, connection }, requests) {
  const all = async () => {
    for (const { stream, version, events } of requests)
      await store.appendToStream(stream, events, { expectedStreamVersion: version });
  };
  await (requests.length === 1 ? all() : connection.withTransaction(all));
}

async function appended(file, shares) {
  const opened = openStore(file);
  const { connection, store } = opened;
  await store.schema.migrate();
  const [{ synchronous }] = await connection.query('PRAGMA synchronous');
  if (synchronous < 2) throw new Error(`Emmett's connection is not durable: synchronous is ${synchronous}`);
  const end = startWatch();
  await Promise.all(
    shares.map(async (batches) => {
      for (const requests of batches) await appendBatch(opened, requests);
    }),
  );
  const used = end();
  const [{ stored }] = await connection.query('SELECT count(*) AS stored FROM emt_messages');
  connection.close();
  return { ...used, stored };
}

async function append(task) {
  const folder = mkdtempSync(join(task.folder, 'append-'));
  try {
    const sharesOf = (events) =>
      shared(batchesOf({ ...task, events }), task.callers).map((batches) => batches.map(requestsOf));
    await appended(join(folder, 'warm-up.db'), sharesOf(Math.min(task.events, 2000, task.batch * 50)));
    const { stored, ...used } = await appended(join(folder, 'log.db'), sharesOf(task.events));
    if (stored !== task.events) throw new Error(`Emmett stored ${stored} of ${task.events} events`);
    return { ...used, values: { eventsPerSecond: task.events / used.wallSeconds } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The data set in a file of Emmett's, made where it is missing. */
async function makeStore(file, events) {
  if (existsSync(file)) return;
  const making = `${file}.making`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(making + suffix, { force: true });
  const { connection, store } = openStore(making);
  await store.schema.migrate();
  // What is only prepared need not outlive a power cut.
  await connection.command('PRAGMA synchronous = OFF');
  await appendDataSet(store, events);
  await connection.command('PRAGMA wal_checkpoint(TRUNCATE)');
  await new Promise((resolve) => setTimeout(resolve, 200));
  connection.close();
  renameSync(making, file);
}

const processorId = 'activities-by-year';

/** One read model: how many events of each type and financial year, a row each. */
const projection = {
  name: processorId,
  handle: async ([{ type, data }], { connection }) => {
    const year = (data.occurred?.from ?? '').slice(0, 4);
    await connection.command(
      'INSERT INTO counted (key, events) VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET events = events + 1',
      [`${type} ${year}`],
    );
  },
};

async function rebuild({ file, events }) {
  await makeStore(file, events);
  const { connection, store } = openStore(file);
  await connection.command('DROP TABLE IF EXISTS counted');
  await connection.command('CREATE TABLE counted (key TEXT PRIMARY KEY, events INTEGER NOT NULL)');
  // A processor goes on from its checkpoint: to begin anew, the row is deleted.
  await connection.command('DELETE FROM emt_processors WHERE processor_id = ?', [processorId]);
  const [{ last }] = await connection.query('SELECT max(global_position) AS last FROM emt_messages');
  const types = await connection.query('SELECT DISTINCT message_type AS type FROM emt_messages');
  const consumer = store.consumer({ pulling: { batchSize: 10_000, pullingFrequencyInMs: 0 } });
  consumer.processor({
    processorId,
    projection: { ...projection, canHandle: types.map(({ type }) => type) },
    startFrom: 'BEGINNING',
    stopAfter: ({ metadata }) => metadata.globalPosition >= BigInt(last),
  });
  const end = startWatch();
  await consumer.start();
  const used = end();
  const [{ counted }] = await connection.query('SELECT sum(events) AS counted FROM counted');
  connection.close();
  if (counted !== events) throw new Error(`Emmett counted ${counted} of ${events} events`);
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds } };
}

serveTask((task) => (task.do === 'append' ? append(task) : rebuild(task)));
