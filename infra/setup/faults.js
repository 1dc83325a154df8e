'use strict';

/*
 * `npm run test:faults [-- --seed N] [--kills N]`: the ledger scaled out, on a real Kafka and PostgreSQL of its own, whose
 * processes are killed, whose engines stop and whose connections are cut. What is missing for it is installed from Debian's
 * packages where that is possible.
 */

require('./node-version').ensureNode();
const { failedForLack } = require('./engines');
const { setUpWithBroker } = require('./kafka-jars');
const { countLine, runJest } = require('./suite');
const { withoutOptions } = require('./test-options');

/** Sets up and runs the tests; the counts, and Jest's exit code. */
function runFaults(jestArguments) {
  const failed = failedForLack();
  if (failed !== undefined) return failed;
  setUpWithBroker();
  const seed = process.env.LEDGER_SEED ?? '1';
  process.stdout.write(`First seed ${seed}; the same once more: npm run test:faults -- --seed ${seed}\n`);
  return runJest(['--config', 'test/faults/jest.config.js', '--maxWorkers=1', ...jestArguments]);
}

function main() {
  const settings = { '--seed': 'LEDGER_SEED', '--kills': 'LEDGER_PROCESS_KILLS' };
  const result = runFaults(withoutOptions(process.argv.slice(2), settings));
  process.stdout.write(countLine(result));
  process.exitCode = result.failed === 0 && result.exitCode === 0 ? 0 : 1;
}

if (require.main === module) main();

module.exports = { runFaults };
