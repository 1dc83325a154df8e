'use strict';

/*
 * `npm test [-- arguments for Jest]`: everything that a change must pass, in one command. The last line counts what
 * Jest ran; a step that failed (build, format, lint), or a test file that could not be run, counts as one failure.
 */

require('./node-version').ensureNode();
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { runTask } = require('./project');
const { countLine, runJest } = require('./suite');

/** Suites that this command leaves out, each with the reason and the command that runs it. Keep the list true. */
const leftOut = [
  { suite: 'journeys in a real browser', why: 'they need Chromium', command: 'npm run test:browser' },
  { suite: 'kills, power cuts and full disks', why: 'they take minutes', command: 'npm run test:kills' },
  {
    suite: 'stores in PostgreSQL, and the projections with read models in files and in PostgreSQL',
    why: 'they need a PostgreSQL',
    command: 'npm run test:postgres',
  },
  {
    suite: 'the log in KurrentDB',
    why: 'it runs a test server, and a real one where KURRENTDB_URL names it',
    command: 'npm run test:kurrentdb',
  },
  { suite: 'the fan-out over Kafka', why: 'it needs Java and a Kafka', command: 'npm run test:kafka' },
  {
    suite: 'the services, each alone, on several engines together',
    why: 'it needs Kafka and PostgreSQL',
    command: 'npm run test:scaled',
  },
  { suite: 'the benchmarks', why: 'they measure for minutes', command: 'npm run bench -- --quick' },
];

function main() {
  const jestArguments = process.argv.slice(2);
  withSetupLock(ensureInstalled);
  const failedSteps = [
    step('build (tsc -b)', () => withSetupLock(() => runTask('build', 1))),
    step('format (prettier --check)', () => runTask('format:check', 1)),
    step('lint (oxlint, with types)', () => runTask('lint', 1)),
  ].filter((passed) => !passed).length;

  const counts = runJest(['--maxWorkers=100%', ...jestArguments]);
  const failed = counts.failed + failedSteps;
  sayWhatWasLeftOut(jestArguments);
  process.stdout.write(countLine({ ...counts, failed }));
  process.exitCode = failed === 0 && counts.exitCode === 0 ? 0 : 1;
}

function step(title, run) {
  process.stdout.write(`\n== ${title}\n`);
  const began = process.hrtime.bigint();
  const passed = run() === 0;
  const seconds = Number((process.hrtime.bigint() - began) / 1_000_000n) / 1000;
  process.stdout.write(`== ${title}: ${passed ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s\n`);
  return passed;
}

function sayWhatWasLeftOut(jestArguments) {
  const lines = leftOut.map(
    ({ suite, why, command }) => `Left out: ${suite} (${why}); run it with: ${command}`,
  );
  if (jestArguments.length > 0)
    lines.push('Left out: whatever these arguments for Jest leave out; run it with: npm test');
  process.stdout.write(`\n${lines.length === 0 ? 'No suite was left out.' : lines.join('\n')}\n`);
}

main();
