'use strict';

/*
 * Emmett, with which the ledger is compared in the benchmarks, has dependencies of its own: they are installed when it is
 * wanted for the first time, and compiled.
 */

const fs = require('node:fs');
const path = require('node:path');
const { runNpm } = require('./install');
const { root, say } = require('./project');

const emmett = path.join(root, 'test/benchmarks/emmett');

/**
 * Whether arguments of a benchmark leave Emmett out, measure nothing, or only lines without it.
 * @param beside the ids of the lines that are measured beside Emmett
 */
function withoutEmmett(args, beside) {
  if (args.some((argument) => /^(--(quick|no-emmett|from(=.*)?|help)|-h)$/.test(argument))) return true;
  const at = args.findIndex((argument) => /^--only(=|$)/.test(argument));
  if (at < 0) return false;
  const ids = args[at] === '--only' ? (args[at + 1] ?? '') : args[at].slice('--only='.length);
  return !ids.split(',').some((id) => beside.test(id));
}

/** npm writes what it has installed last of all, so an install that was broken off has none. */
function isInstalled() {
  const installed = path.join(emmett, 'node_modules/.package-lock.json');
  const locked = path.join(emmett, 'package-lock.json');
  return fs.existsSync(installed) && fs.statSync(installed).mtimeMs >= fs.statSync(locked).mtimeMs;
}

function ensureEmmett() {
  if (isInstalled()) return;
  say(
    'Emmett is not installed; installing it (npm ci in test/benchmarks/emmett). It compiles SQLite for a minute or two.',
  );
  // Compiled from its sources: its package would download a binary otherwise.
  const settings = { npm_config_build_from_source: 'true' };
  if (runNpm(['ci', '--no-audit', '--no-fund'], emmett, settings) !== 0)
    say('Emmett could not be installed; what npm said stands above. Its column will be empty.');
}

module.exports = { ensureEmmett, withoutEmmett };
