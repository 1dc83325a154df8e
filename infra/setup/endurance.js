'use strict';

/*
 * `npm run test:endurance [-- --only PART,…] [--keep FOLDER] [--note TEXT]`: the long runs, some two hours in all. What they
 * come to is written to docs/endurance.md, which says of each part when it was run, at which commit, and the note, and of
 * parts that were not run now what it said before. With `--keep` it is written to a folder instead, for a look: parts that
 * are run into the same folder later are added. LEDGER_SOAK_MINUTES, LEDGER_SOAK_EVENTS and LEDGER_DELAY_MINUTES make those
 * parts shorter. None of this is part of the continuous run, which does the same with fewer rounds.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { buildForTests } = require('./build');
const { failedForLack } = require('./engines');
const { runFaults } = require('./faults');
const { ensureInstalled } = require('./install');
const { ensureJars } = require('./kafka-jars');
const { runKills } = require('./kills');
const { withSetupLock } = require('./lock');
const { withMeasuredEngines } = require('./measured-engines');
const { root, runNode, stop } = require('./project');
const { countLine, runJest } = require('./suite');

const parts = {
  requests: () => runJest(['test/generated-requests']),
  mutations: () => runJest(['test/seals/mutations']),
  kills: () => runKills([]),
  faults: () => runFaults([]),
  delay: runDelay,
  files: () => runJest(['--config', 'test/endurance/jest.config.js', 'test/endurance/files']),
  soak: () => runJest(['--config', 'test/endurance/jest.config.js', 'test/endurance/soak']),
};

/** On a broker and a server of its own. */
function runDelay() {
  const failed = failedForLack();
  if (failed !== undefined) return failed;
  withSetupLock(ensureJars);
  return withMeasuredEngines(() =>
    runJest(['--config', 'test/endurance/jest.config.js', 'test/endurance/delay']),
  );
}

/** How much is done, where the environment does not say otherwise. */
const usual = {
  LEDGER_REQUESTS: '10000',
  LEDGER_MUTATIONS: '10000',
  LEDGER_UNTOUCHED: '1000000',
  LEDGER_FILES: '5000',
  LEDGER_KILLS: '200',
  LEDGER_PROCESS_KILLS: '100',
  LEDGER_WAL_CUTS: '200',
  LEDGER_POWER_CUTS: '200',
  LEDGER_FAULTS: '600',
};

/** What is said on the command line: which parts, where to keep what they come to, and a note. */
function readArguments(given) {
  const said = { '--only': Object.keys(parts).join(','), '--keep': undefined, '--note': '' };
  for (let at = 0; at < given.length; at += 2) {
    const [option, value] = given.slice(at, at + 2);
    if (!(option in said) || value === undefined)
      stop('say --only and parts, --keep and a folder, or --note and a text.', 2);
    said[option] = value;
  }
  const names = said['--only'].split(',');
  if (names.some((name) => !(name in parts))) stop(`the parts are ${Object.keys(parts).join(', ')}.`, 2);
  return { names, keep: said['--keep'], note: said['--note'] };
}

function machine() {
  const processors = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `Node ${process.versions.node} on ${os.type()} ${os.release()} (${os.arch()}), ${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}, ${gigabytes} GB.`;
}

/** The commit that is run, in few digits; outside a clone nothing is known of it. */
function commit() {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : 'unknown';
}

/** Runs a part, and notes in the folder when it was run and how it ended. */
async function runPart(name, folder, note) {
  const began = Date.now();
  const result = await parts[name]();
  const { passed, failed } = result;
  const run = {
    part: name,
    date: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(began),
    machine: machine(),
    commit: commit(),
    minutes: Math.round((Date.now() - began) / 60_000),
    passed,
    failed,
    note,
  };
  fs.writeFileSync(path.join(folder, `part-${name}.json`), JSON.stringify(run));
  return result;
}

/** Writes what parts came to into a page that is there, or shows it. */
function writePage(folder, kept) {
  const page = kept ? path.join(folder, 'endurance.md') : path.join(root, 'docs/endurance.md');
  runNode('test/dist/endurance/write-page.js', [folder, page], 1);
  runNode('node_modules/prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', page], 1);
  process.stdout.write(kept ? fs.readFileSync(page, 'utf8') : 'Written to docs/endurance.md.\n');
}

async function main() {
  const { names, keep, note } = readArguments(process.argv.slice(2));
  withSetupLock(() => {
    ensureInstalled();
    buildForTests();
  });
  const folder = keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-endurance-'));
  fs.mkdirSync(folder, { recursive: true });
  process.env.LEDGER_REPORT = path.resolve(folder);
  for (const [name, value] of Object.entries(usual)) process.env[name] ??= value;
  try {
    const results = [];
    for (const name of names) results.push(await runPart(name, folder, note));
    const sum = (key) => results.reduce((total, result) => total + result[key], 0);
    const counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
    writePage(folder, keep !== undefined);
    process.stdout.write(countLine(counts));
    process.exitCode = counts.failed === 0 && results.every(({ exitCode }) => exitCode === 0) ? 0 : 1;
  } finally {
    if (keep === undefined) fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => stop(error.message));
