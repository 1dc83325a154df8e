'use strict';

/*
 * `npm run test:scaled [-- arguments for Jest]`: what needs several engines at once: a real Kafka and a real PostgreSQL,
 * which are started for it unless KAFKA_BROKERS and POSTGRES_URL name them, and the KurrentDB test server.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { startKafka } = require('../kafka/server');
const { startPostgres } = require('../postgres/server');
const { buildForTests } = require('./build');
const { lackingEngines } = require('./engines');
const { ensureInstalled } = require('./install');
const { ensureJars } = require('./kafka-jars');
const { withSetupLock } = require('./lock');
const { stop } = require('./project');
const { runSuite } = require('./suite');

/** Does work while a setting names an engine: one that is started for it, unless there is one. */
async function withEngine(setting, start, work) {
  if (process.env[setting] !== undefined) return work();
  const engine = await start();
  try {
    process.env[setting] = engine.address;
    return await work();
  } finally {
    await engine.stop();
  }
}

async function main() {
  const lacking = lackingEngines();
  if (lacking !== undefined) {
    process.stdout.write(`These tests need ${lacking}.\n0 passed, 1 failed, 0 skipped\n`);
    return 1;
  }
  withSetupLock(() => {
    ensureInstalled();
    buildForTests();
    ensureJars();
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-kafka-'));
  // One after another: each test starts a whole ledger, of several processes.
  const run = () =>
    runSuite(['--config', 'test/scaled-out/jest.config.js', '--maxWorkers=1', ...process.argv.slice(2)]);
  const broker = () => startKafka({ lib: process.env.KAFKA_LIB, folder });
  try {
    return await withEngine('POSTGRES_URL', startPostgres, () => withEngine('KAFKA_BROKERS', broker, run));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error) => stop(error.message),
);
