'use strict';

/*
 * `npm run test:browser`: the tests in a real Chromium. It is looked for at CHROMIUM and where Debian puts it, and
 * installed from Debian's packages where that is possible; otherwise the command says what is missing and fails.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const { ensureBuilt } = require('./build');
const { installPackage } = require('./debian');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { runSuite } = require('./suite');

function chromium() {
  return [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((file) => file !== undefined && fs.existsSync(file));
}

function installed() {
  const found = chromium();
  if (found !== undefined) return found;
  installPackage('chromium', 'Chromium');
  return chromium();
}

const file = installed();
if (file === undefined) {
  process.stdout.write(
    'The browser tests need Chromium: install it (apt-get install chromium), or name it with CHROMIUM=/path.\n0 passed, 1 failed, 0 skipped\n',
  );
  process.exit(1);
}
process.env.CHROMIUM = file;
withSetupLock(() => {
  ensureInstalled();
  ensureBuilt();
});
process.exitCode = runSuite([
  '--config',
  'test/browser/jest.config.js',
  '--runInBand',
  ...process.argv.slice(2),
]);
