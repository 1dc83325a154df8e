'use strict';

/*
 * `npm run test:scaled [-- arguments for Jest]`: what needs several engines at once: a real Kafka and a real PostgreSQL,
 * which are started for it unless KAFKA_BROKERS and POSTGRES_URL name them, and the KurrentDB test server.
 */

require('./node-version').ensureNode();
const { startPostgres } = require('../postgres/server');
const { lackingEngines } = require('./engines');
const { withGiven } = require('./given-engine');
const { setUpWithBroker, withBroker } = require('./kafka-jars');
const { stop } = require('./project');
const { runSuite } = require('./suite');

async function withServer(work) {
  const server = await startPostgres();
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function main() {
  const lacking = lackingEngines();
  if (lacking !== undefined) {
    process.stdout.write(`These tests need ${lacking}.\n0 passed, 1 failed, 0 skipped\n`);
    return 1;
  }
  setUpWithBroker();
  // Two files at once: each test waits for several processes most of the time.
  const run = () =>
    runSuite(['--config', 'test/scaled-out/jest.config.js', '--maxWorkers=2', ...process.argv.slice(2)]);
  return withGiven('POSTGRES_URL', withServer, () => withGiven('KAFKA_BROKERS', withBroker, run));
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error) => stop(error.message),
);
