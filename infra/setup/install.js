'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { environment, root, say, stop } = require('./project');

/** Installs the dependencies exactly as locked, if they are not there or the lock has changed since. */
function ensureInstalled() {
  const reason = whyInstall();
  if (reason === undefined) return;
  say(
    `${reason}; installing the dependencies (npm ci). This needs the package registry and a minute or two.`,
  );
  const status = runNpm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  if (status !== 0)
    stop(
      'the dependencies could not be installed; what npm said stands above. Run the command again to retry.',
      status,
    );
}

/**
 * npm writes what it has installed to `node_modules/.package-lock.json`, last of all, so an install that was broken
 * off has none. Comparing it with the lock needs no stamp of our own, which could say otherwise.
 * @returns the reason in words, or undefined where everything locked is installed
 */
function whyInstall() {
  const locked = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (locked === undefined) return 'package-lock.json is missing or unreadable';
  if (installed === undefined) return 'the dependencies are not installed';
  for (const [place, wanted] of Object.entries(locked)) {
    if (!place.startsWith('node_modules/') && !place.includes('/node_modules/')) continue; // The workspaces themselves.
    const found = installed[place];
    if (found === undefined && wanted.optional) continue; // For another platform.
    if (found === undefined) return `${nameOf(place)} is not installed`;
    if (found.version !== wanted.version || found.integrity !== wanted.integrity)
      return `${nameOf(place)} is installed in another version than package-lock.json names`;
  }
  return undefined;
}

function packagesOf(lock) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, lock), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function nameOf(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Runs the npm that runs us, if one does, else the one on the path, in a folder with settings; its exit code. */
function runNpm(args, folder = root, settings = {}) {
  const npm = process.env.npm_execpath;
  const viaNode = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm);
  const { status, error } = spawnSync(viaNode ? process.execPath : 'npm', viaNode ? [npm, ...args] : args, {
    cwd: folder,
    // `npm run --silent` would silence this npm too, and nobody would see why an install failed.
    env: { ...environment(), npm_config_loglevel: 'warn', ...settings },
    stdio: [0, 2, 2],
    shell: !viaNode && process.platform === 'win32',
  });
  if (error) say(error.message);
  return status ?? 1;
}

module.exports = { ensureInstalled, runNpm };
