'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ensureBuilt } = require('./build');
const { ensureInstalled } = require('./install');
const { withSetupLock } = require('./lock');
const { root, stop } = require('./project');

/** Sets the project up, then runs a program of it in this process, with the arguments this one was given. */
function become(program) {
  withSetupLock(() => {
    ensureInstalled();
    ensureBuilt();
  });
  const file = path.join(root, program);
  if (!fs.existsSync(file))
    stop(`${program} is missing although the build succeeded; is this clone complete?`);
  // npm changes to the folder of package.json; a path that somebody gives means the folder in which npm was called.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  if (process.env.npm_lifecycle_event) endWithShell();
  process.argv[1] = file;
  require(file);
}

/**
 * npm runs a script in a shell and passes a signal on to that shell; some shells (older dash) end on it and leave
 * their child behind. Whoever stops npm means this program, so the end of the shell is taken as the signal.
 */
function endWithShell() {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  watch.unref();
}

module.exports = { become };
