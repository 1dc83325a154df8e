'use strict';

/* `npm run ledger -- arguments`: installs and builds what is missing, then becomes the `ledger` command. */

require('./node-version').ensureNode();
require('./become').become('services/cli/bin/ledger.js');
