'use strict';

/*
 * `npm run test:kurrentdb [-- arguments for Jest]`: the log in KurrentDB, against a test server of our own that speaks its
 * protocol, and against a real one where KURRENTDB_URL names it.
 */

require('./node-version').ensureNode();
const { buildForTests } = require('./build');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { runSuite } = require('./suite');

withSetupLock(() => {
  ensureInstalled();
  // The test server, and the command, are processes of their own: they run from what was built.
  buildForTests();
});
process.stdout.write(
  process.env.KURRENTDB_URL === undefined
    ? 'Against our test server only: KURRENTDB_URL names no real one.\n'
    : 'Against our test server, and the KurrentDB that KURRENTDB_URL names.\n',
);
process.exitCode = runSuite([
  '--config',
  'test/kurrentdb/jest.config.js',
  '--maxWorkers=2',
  ...process.argv.slice(2),
]);
