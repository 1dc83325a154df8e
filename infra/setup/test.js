'use strict';

/*
 * `npm test [-- arguments for Jest]`: everything that a change must pass, in one command. The last line counts what
 * Jest ran; a step that failed (build, format, lint), or a test file that could not be run, counts as one failure.
 */

require('./node-version').ensureNode();
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { root, runNode, runTask } = require('./project');

/** Suites that this command leaves out, each with the reason and the command that runs it. Keep the list true. */
const leftOut = [];

function main() {
  const jestArguments = process.argv.slice(2);
  withSetupLock(ensureInstalled);
  const failedSteps = [
    step('build (tsc -b)', () => withSetupLock(() => runTask('build', 1))),
    step('format (prettier --check)', () => runTask('format:check', 1)),
    step('lint (oxlint, with types)', () => runTask('lint', 1)),
  ].filter((passed) => !passed).length;

  const counts = runJest(jestArguments);
  const failed = counts.failed + failedSteps;
  sayWhatWasLeftOut(jestArguments);
  process.stdout.write(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
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

function runJest(jestArguments) {
  process.stdout.write(`\n== tests (jest${jestArguments.map((argument) => ` ${argument}`).join('')})\n`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-test-'));
  const report = path.join(folder, 'report.json');
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  try {
    const exitCode = runNode(
      jest,
      ['--maxWorkers=100%', '--json', `--outputFile=${report}`, ...jestArguments],
      'ignore',
    );
    return { exitCode, ...readCounts(report) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A Jest that ended without a report, or ran nothing, has not shown anything: that is a failure. */
function readCounts(report) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const found = JSON.parse(fs.readFileSync(report, 'utf8'));
  const failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
  const skipped = found.numPendingTests + found.numTodoTests;
  return { passed: found.numPassedTests, failed: failed + (found.numTotalTests === 0 ? 1 : 0), skipped };
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
