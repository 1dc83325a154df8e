/*
 * Rebuilds with Emmett on PostgreSQL, as its users would tune it: on one pool, pulled in large batches, each batch handed to
 * the projection as a whole. Its store takes minutes to make, so it stays in the server for the rounds that follow.
 */
import { createRequire } from 'node:module';
import { appendDataSet } from './events.mjs';

const require = createRequire(import.meta.url);
const { sql } = require('@event-driven-io/dumbo');
const {
  getPostgreSQLEventStore,
  postgreSQLRawBatchSQLProjection,
} = require('@event-driven-io/emmett-postgresql');
const { Client } = require('pg');
const { startWatch } = require('../../dist/benchmarks/measuring/stopwatch.js');
const { serveTask } = require('../../dist/benchmarks/measuring/task-process.js');

/** What Emmett says while it works goes nowhere: the last line printed is the sample. */
globalThis.console = { ...console, log: () => undefined };

/** Asks a database by itself. */
async function on(address, work) {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The data set in a store of Emmett's. */
async function fill(address, events) {
  // What is only prepared need not outlive a power cut.
  const store = getPostgreSQLEventStore(`${address}?options=-c%20synchronous_commit%3Doff`);
  await store.schema.migrate();
  // It reads by transaction and goes on by position: where the two are in different orders at the end of a page, events
  // of transactions side by side are passed over (2 of 200,000 were).
  await appendDataSet(store, events, { inTurn: true });
  await store.close();
  await on(address, (client) => client.query('VACUUM ANALYZE'));
}

/** The address of a database with the data set, made where it is missing. */
async function storeOf(server, events) {
  const address = new URL(server);
  const making = `emmett_${events}_making`;
  const made = `emmett_${events}`;
  const { rows } = await on(server, (client) =>
    client.query('SELECT 1 FROM pg_database WHERE datname = $1', [made]),
  );
  if (rows.length === 0) {
    await on(server, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${making}`);
      await client.query(`CREATE DATABASE ${making}`);
    });
    address.pathname = `/${making}`;
    await fill(address.href, events);
    await on(server, (client) => client.query(`ALTER DATABASE ${making} RENAME TO ${made}`));
  }
  address.pathname = `/${made}`;
  return address.href;
}

const processorId = 'activities-by-year';

/** One read model: how many events of each type and year, a row each. */
function projectionOf(types) {
  return postgreSQLRawBatchSQLProjection({
    name: processorId,
    canHandle: types,
    evolve: (events) =>
      events.map(({ type, data }) =>
        sql(
          'INSERT INTO counted (key, events) VALUES (%L, 1) ON CONFLICT (key) DO UPDATE SET events = counted.events + 1;',
          `${type} ${(data.occurred?.from ?? '').slice(0, 4)}`,
        ),
      ),
  });
}

async function rebuild({ address: server, events }) {
  const address = await storeOf(server, events);
  const types = await on(address, async (client) => {
    await client.query('DROP TABLE IF EXISTS counted');
    await client.query('CREATE TABLE counted (key TEXT PRIMARY KEY, events INTEGER NOT NULL)');
    // A processor goes on from its checkpoint: to begin anew, the row is deleted.
    await client.query('DELETE FROM emt_processors WHERE processor_id = $1', [processorId]);
    return (await client.query('SELECT DISTINCT message_type AS type FROM emt_messages')).rows;
  });
  const store = getPostgreSQLEventStore(address);
  const consumer = store.consumer({
    pulling: { batchSize: 10_000, pullingFrequencyInMs: 0 },
    stopWhen: { noMessagesLeft: true },
  });
  consumer.projector({
    processorId,
    projection: projectionOf(types.map(({ type }) => type)),
    startFrom: 'BEGINNING',
  });
  const end = startWatch();
  await consumer.start();
  const used = end();
  await consumer.close();
  await store.close();
  const { rows } = await on(address, (client) => client.query('SELECT sum(events) AS counted FROM counted'));
  if (Number(rows[0].counted) !== events)
    throw new Error(`Emmett counted ${rows[0].counted} of ${events} events`);
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds } };
}

serveTask(rebuild);
