'use strict';

/*
 * `npm run test:postgres [-- arguments for Jest]`: what needs a real PostgreSQL, and the suites of the projections with
 * their read models in SQLite files and in PostgreSQL (`npm test` has them in memory). A server of its own is started
 * for it, unless POSTGRES_URL names a database; it is installed from Debian's packages where that is possible.
 */

require('./node-version').ensureNode();
const { findPrograms, startPostgres } = require('../postgres/server');
const { installPackage } = require('./debian');
const { buildForTests } = require('./build');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { stop } = require('./project');
const { countLine, runJest } = require('./suite');

function installedPrograms() {
  const found = findPrograms();
  if (found !== undefined) return found;
  installPackage('postgresql', 'PostgreSQL');
  return findPrograms();
}

async function startedServer() {
  const programs = installedPrograms();
  if (programs !== undefined) return startPostgres({ programs });
  process.stdout.write(
    'These tests need PostgreSQL: install it (apt-get install postgresql), name its programs with POSTGRES_BIN=/folder, or name a database with POSTGRES_URL.\n0 passed, 1 failed, 0 skipped\n',
  );
  return undefined;
}

/** Histories of the property tests, of which `npm test` runs more: in memory they take less time. */
const histories = '5';

/** Runs the suites; the sum of their counts. */
function runSuites(jestArguments) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  process.env.HISTORIES ??= histories;
  const shared = ['--config', 'test/postgres/jest.config.js', '--maxWorkers=2', ...jestArguments];
  for (const [readStore, title] of [
    ['sqlite', 'read models in SQLite files'],
    ['postgres', 'read models in PostgreSQL, and what needs PostgreSQL'],
  ]) {
    process.stdout.write(`\n== ${title}\n`);
    process.env.LEDGER_READ_STORE = readStore;
    const counts = runJest(shared);
    total.passed += counts.passed;
    total.skipped += counts.skipped;
    total.failed += counts.failed + (counts.exitCode !== 0 && counts.failed === 0 ? 1 : 0);
  }
  return total;
}

async function main() {
  const given = process.env.POSTGRES_URL;
  const server =
    given === undefined ? await startedServer() : { address: given, stop: async () => undefined };
  if (server === undefined) return 1;
  try {
    process.env.POSTGRES_URL = server.address;
    withSetupLock(() => {
      ensureInstalled();
      buildForTests();
    });
    const total = runSuites(process.argv.slice(2));
    process.stdout.write(countLine(total));
    return total.failed === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error) => stop(error.message),
);
