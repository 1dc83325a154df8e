'use strict';

/*
 * `npm start [-- arguments]`: installs and builds what is missing, then becomes the server. The server runs in this
 * process, not in a child, so signals and the exit code are its own.
 */

require('./node-version').ensureNode();
require('./become').become('services/standalone/dist/main.js');
