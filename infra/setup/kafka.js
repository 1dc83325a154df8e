'use strict';

/*
 * `npm run test:kafka [-- arguments for Jest]`: what needs a real Kafka. A broker of its own is started for it, in a
 * temporary folder, unless KAFKA_BROKERS names one. Java and Maven are installed from Debian's packages where that is
 * possible; Maven fetches the broker.
 */

require('./node-version').ensureNode();
const { withGiven } = require('./given-engine');
const { lackingForKafka, setUpWithBroker, withBroker } = require('./kafka-jars');
const { stop } = require('./project');
const { runSuite } = require('./suite');

async function main() {
  const lacking = lackingForKafka();
  if (lacking !== undefined) {
    process.stdout.write(`These tests need ${lacking}.\n0 passed, 1 failed, 0 skipped\n`);
    return 1;
  }
  setUpWithBroker();
  return withGiven('KAFKA_BROKERS', withBroker, () =>
    runSuite(['--config', 'test/kafka/jest.config.js', '--maxWorkers=2', ...process.argv.slice(2)]),
  );
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error) => stop(error.message),
);
