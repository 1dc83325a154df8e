'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createHash } = require('node:crypto');
const { root, say } = require('./project');

// Outside the project: installing replaces node_modules, and a clone may stand in a read-only place.
const name = `ledger-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`;
const file = path.join(os.tmpdir(), name);

/** Two commands started at once on a fresh clone must not install or build over each other. */
function withSetupLock(work) {
  let told = false;
  while (!take()) {
    if (!told) say('another command is setting up; waiting for it.');
    told = true;
    pause(200);
  }
  const release = () => fs.rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return work();
  } finally {
    release();
    process.removeListener('exit', release);
  }
}

function take() {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAbandoned()) return false;
  fs.rmSync(file, { force: true });
  return false;
}

/** A lock whose owner is gone was left by a set-up that was killed. */
function isAbandoned() {
  const owner = Number(readOrEmpty());
  if (!Number.isInteger(owner) || owner <= 0) return false; // Being written this moment, or just released.
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function readOrEmpty() {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

module.exports = { withSetupLock };
