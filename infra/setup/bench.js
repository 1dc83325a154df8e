'use strict';

/* `npm run bench [-- options]`: installs and builds what is missing, then measures. */

require('./node-version').ensureNode();
const path = require('node:path');
const { buildForTests } = require('./build');
const { ensureEmmett, withoutEmmett } = require('./emmett');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { root, runNode, say } = require('./project');

/** Lines that are measured beside Emmett. */
const besideEmmett = /^(append-|rebuild-all$)/;

const args = process.argv.slice(2);
withSetupLock(() => {
  ensureInstalled();
  say('building what has changed.');
  buildForTests();
  if (!withoutEmmett(args, besideEmmett)) ensureEmmett();
});
process.exitCode = runNode(path.join(root, 'test/dist/benchmarks/main.js'), args, 1);
