'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { root, runNode } = require('./project');

/** Runs Jest with arguments; how many tests passed, failed and were skipped, and its exit code. */
function runJest(jestArguments) {
  process.stdout.write(`\n== tests (jest${jestArguments.map((argument) => ` ${argument}`).join('')})\n`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-test-'));
  const report = path.join(folder, 'report.json');
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  try {
    const exitCode = runNode(jest, ['--json', `--outputFile=${report}`, ...jestArguments], 'ignore');
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

/** The last line of every command that tests. */
function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
}

/** Runs a suite of its own and says its count; the exit code. */
function runSuite(jestArguments) {
  const counts = runJest(jestArguments);
  process.stdout.write(countLine(counts));
  return counts.failed === 0 && counts.exitCode === 0 ? 0 : 1;
}

module.exports = { countLine, runJest, runSuite };
