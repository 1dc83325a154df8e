'use strict';

const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
const { say } = require('./project');

/** Installs a package of this system, where it has such packages and we may; whoever needs it looks then whether it is there. */
function installPackage(name, called) {
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return;
  say(`Installing ${called} from the packages of this system …`);
  spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { stdio: 'ignore' });
}

module.exports = { installPackage };
