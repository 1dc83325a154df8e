'use strict';

/*
 * `npm run test:kills [-- --seed N] [--kills N]`: processes are killed, power is cut, disks fill up and fail. Disks that
 * are watched need Linux and a C compiler, which is installed from Debian's packages where that is possible; small
 * disks need the right to mount. What cannot be done here is left out, and said.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { buildForTests } = require('./build');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { say } = require('./project');
const { countLine, runJest } = require('./suite');
const { withoutOptions } = require('./test-options');

/** Options of this command, and the settings of the tests that they stand for. */
const options = { '--seed': 'LEDGER_SEED', '--kills': 'LEDGER_KILLS' };

function hasCompiler() {
  return process.platform === 'linux' && spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0;
}

function ensureCompiler() {
  if (process.platform !== 'linux' || hasCompiler()) return hasCompiler();
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    say('Installing a C compiler from the packages of this system …');
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'gcc', 'libc6-dev'], {
      stdio: 'ignore',
    });
  }
  return hasCompiler();
}

/** Whether a small disk can be mounted and let go of. */
function canMount() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  if (mounted.status === 0) spawnSync('umount', [folder], { stdio: 'ignore' });
  fs.rmdirSync(folder);
  return mounted.status === 0;
}

/** What cannot be done here: which tests are left out, and what they need. */
function leftOut() {
  const missing = [];
  if (!ensureCompiler())
    missing.push({
      folders: ['test/durability/disk/', 'test/durability/faults/'],
      sentence:
        'disks that are watched and fail (they need Linux and a C compiler: apt-get install gcc libc6-dev)',
    });
  if (!canMount())
    missing.push({
      folders: ['test/durability/full-disk/'],
      sentence: 'disks that are full (they need the right to mount: run as root on Linux)',
    });
  return missing;
}

/** Sets up, runs the tests and says what was left out; the counts, and Jest's exit code. */
function runKills(jestArguments) {
  withSetupLock(() => {
    ensureInstalled();
    buildForTests();
  });
  const missing = leftOut();
  const seed = process.env.LEDGER_SEED ?? '1';
  process.stdout.write(`First seed ${seed}; the same once more: npm run test:kills -- --seed ${seed}\n`);
  const ignored = missing
    .flatMap(({ folders }) => folders)
    .flatMap((folder) => ['--testPathIgnorePatterns', folder]);
  const result = runJest([
    '--config',
    'test/durability/jest.config.js',
    '--maxWorkers=2',
    ...ignored,
    ...jestArguments,
  ]);
  for (const { sentence } of missing) process.stdout.write(`Left out: ${sentence}\n`);
  return result;
}

function main() {
  const result = runKills(withoutOptions(process.argv.slice(2), options));
  process.stdout.write(countLine(result));
  process.exitCode = result.failed === 0 && result.exitCode === 0 ? 0 : 1;
}

if (require.main === module) main();

module.exports = { runKills };
