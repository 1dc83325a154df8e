/**
 * Tests of what is kept in KurrentDB: `npm run test:kurrentdb`. They start a test server as a process of its own, from
 * what was built, so `npm test` leaves them out; where KURRENTDB_URL names a server, those that can run on it do.
 */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  testMatch: ['**/*.kurrentdb.ts'],
  testTimeout: 120_000,
};
