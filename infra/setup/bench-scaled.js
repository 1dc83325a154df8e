'use strict';

/*
 * `npm run bench:scaled [-- options]`: installs and builds what is missing, starts a Kafka broker and a PostgreSQL server of
 * its own, and measures the ledger on them.
 */

require('./node-version').ensureNode();
const path = require('node:path');
const { buildForTests } = require('./build');
const { ensureEmmett, withoutEmmett } = require('./emmett');
const { lackingEngines } = require('./engines');
const { ensureInstalled } = require('./install');
const { ensureJars } = require('./kafka-jars');
const { withMeasuredEngines } = require('./measured-engines');
const { withSetupLock } = require('./lock');
const { root, runNode, say, stop } = require('./project');

/** Lines that are measured beside Emmett. */
const besideEmmett = /^rebuild-postgres$/;

function setUp(args) {
  withSetupLock(() => {
    ensureInstalled();
    say('building what has changed.');
    buildForTests();
    ensureJars();
    if (!withoutEmmett(args, besideEmmett)) ensureEmmett();
  });
}

/** Nothing is started where nothing is measured. */
function measures(args) {
  return !args.some((argument) => /^(--(from(=.*)?|help)|-h)$/.test(argument));
}

function run(args) {
  return runNode(path.join(root, 'test/dist/benchmarks/scaled.js'), args, 1);
}

async function main(args) {
  const missing = lackingEngines();
  if (measures(args) && missing !== undefined) {
    process.stdout.write(`This needs ${missing}.\n0 passed, 1 failed, 0 skipped\n`);
    return 1;
  }
  setUp(args);
  return measures(args) ? withMeasuredEngines(() => run(args)) : run(args);
}

main(process.argv.slice(2)).then(
  (exitCode) => (process.exitCode = exitCode),
  (error) => stop(error.message),
);
