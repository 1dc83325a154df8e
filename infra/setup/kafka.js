'use strict';

/*
 * `npm run test:kafka [-- arguments for Jest]`: what needs a real Kafka. A broker of its own is started for it, in a
 * temporary folder, unless KAFKA_BROKERS names one. Java and Maven are installed from Debian's packages where that is
 * possible; Maven fetches the broker.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { startKafka } = require('../kafka/server');
const { buildForTests } = require('./build');
const { ensureInstalled } = require('./install');
const { ensureJars, lackingForKafka } = require('./kafka-jars');
const { withSetupLock } = require('./lock');
const { stop } = require('./project');
const { runSuite } = require('./suite');

function setUp() {
  withSetupLock(() => {
    ensureInstalled();
    buildForTests();
    ensureJars();
  });
}

async function main() {
  const lacking = lackingForKafka();
  if (lacking !== undefined) {
    process.stdout.write(`These tests need ${lacking}.\n0 passed, 1 failed, 0 skipped\n`);
    return 1;
  }
  setUp();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-kafka-'));
  const given = process.env.KAFKA_BROKERS;
  const broker =
    given === undefined
      ? await startKafka({ lib: process.env.KAFKA_LIB, folder })
      : { address: given, stop: async () => undefined };
  try {
    process.env.KAFKA_BROKERS = broker.address;
    return runSuite(['--config', 'test/kafka/jest.config.js', '--maxWorkers=2', ...process.argv.slice(2)]);
  } finally {
    await broker.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error) => stop(error.message),
);
