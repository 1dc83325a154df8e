'use strict';

/*
 * `npm run test:endurance`: the long runs. They take tens of minutes and are not part of the continuous run, which does
 * the same with fewer rounds.
 */

require('./node-version').ensureNode();
const { ensureBuilt } = require('./build');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { runSuite } = require('./suite');

withSetupLock(() => {
  ensureInstalled();
  ensureBuilt();
});
process.env.LEDGER_REQUESTS ??= '10000';
process.env.LEDGER_FILES ??= '5000';
process.exitCode = runSuite([
  'test/generated-requests',
  'test/imports/broken-files',
  ...process.argv.slice(2),
]);
