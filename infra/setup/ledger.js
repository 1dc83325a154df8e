'use strict';

/*
 * `npm run ledger -- arguments`: installs and builds what is missing, then becomes the `ledger` command. npm changes
 * to the folder of package.json; a path given to the command means the folder in which npm was called.
 */

require('./node-version').ensureNode();
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
require('./become').become('services/cli/bin/ledger.js');
