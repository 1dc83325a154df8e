'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** The folder this project was cloned into. */
const root = path.resolve(__dirname, '../..');

/** What set-up says goes to standard error: standard output belongs to the command that was asked for. */
function say(sentence) {
  process.stderr.write(`ledger: ${sentence}\n`);
}

/** Ends the process with a sentence and a failing exit code. */
function stop(sentence, exitCode = 1) {
  say(sentence);
  process.exit(exitCode);
}

/** The environment as it is now, whatever a command has set meanwhile; nothing that it runs reports on its users. */
function environment() {
  return {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/**
 * Runs a JavaScript program of Node and waits for its end; its exit code, or 1 if it was killed.
 * @param output where its standard output goes: 2 while setting up, 1 where it is what was asked for
 */
function runNode(program, args, output = 2) {
  const { status, error } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env: environment(),
    stdio: [0, output, 2],
  });
  if (error) say(error.message);
  return status ?? 1;
}

/** Runs one task of the root through Turborepo, which remembers what it has done; its exit code. */
function runTask(task, output = 2) {
  const turbo = path.join(root, 'node_modules/turbo/bin/turbo');
  return runNode(turbo, ['run', task, '--output-logs=errors-only', '--log-prefix=none'], output);
}

module.exports = { environment, root, runNode, runTask, say, stop };
