'use strict';

/*
 * `npm run test:endurance [-- --only PART,…]`: the long runs, an hour and a half in all. What they come to is written to
 * docs/endurance.md; with `--only`, which tries parts, it is shown instead. LEDGER_SOAK_MINUTES and LEDGER_SOAK_EVENTS
 * make the soak shorter. None of this is part of the continuous run, which does the same with fewer rounds.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ensureInstalled } = require('./install');
const { runKills } = require('./kills');
const { withSetupLock } = require('./lock');
const { root, runNode, runTask, stop } = require('./project');
const { countLine, runJest } = require('./suite');

const parts = {
  requests: () => runJest(['test/generated-requests']),
  mutations: () => runJest(['test/seals/mutations']),
  kills: () => runKills([]),
  files: () => runJest(['--config', 'test/endurance/jest.config.js', 'test/endurance/files']),
  soak: () => runJest(['--config', 'test/endurance/jest.config.js', 'test/endurance/soak']),
};

/** How much is done, where the environment does not say otherwise. */
const usual = {
  LEDGER_REQUESTS: '10000',
  LEDGER_MUTATIONS: '10000',
  LEDGER_UNTOUCHED: '1000000',
  LEDGER_FILES: '5000',
  LEDGER_KILLS: '200',
  LEDGER_WAL_CUTS: '200',
  LEDGER_POWER_CUTS: '200',
  LEDGER_FAULTS: '600',
};

/** Which parts are wanted. */
function wanted(given) {
  if (given.length === 0) return Object.keys(parts);
  const [option, names = '', ...surplus] = given;
  const chosen = names.split(',');
  if (option !== '--only' || surplus.length > 0 || chosen.some((name) => !(name in parts)))
    stop(`say --only and parts: ${Object.keys(parts).join(', ')}.`, 2);
  return chosen;
}

function writePage(folder, file, { passed, failed }) {
  runNode('test/dist/endurance/write-page.js', [folder, file, String(passed), String(failed)], 1);
  runNode('node_modules/prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', file], 1);
}

function main() {
  const given = process.argv.slice(2);
  const names = wanted(given);
  withSetupLock(() => {
    ensureInstalled();
    if (runTask('build') !== 0) stop('the build failed; what the compiler said stands above.');
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-endurance-'));
  for (const [name, value] of Object.entries({ ...usual, LEDGER_REPORT: folder }))
    process.env[name] ??= value;
  try {
    const results = names.map((name) => parts[name]());
    const sum = (key) => results.reduce((total, result) => total + result[key], 0);
    const counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
    const whole = given.length === 0;
    const page = whole ? path.join(root, 'docs/endurance.md') : path.join(folder, 'endurance.md');
    writePage(process.env.LEDGER_REPORT, page, counts);
    process.stdout.write(whole ? 'Written to docs/endurance.md.\n' : fs.readFileSync(page, 'utf8'));
    process.stdout.write(countLine(counts));
    process.exitCode = counts.failed === 0 && results.every(({ exitCode }) => exitCode === 0) ? 0 : 1;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main();
