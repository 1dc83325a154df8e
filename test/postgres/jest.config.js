/** Tests on a real PostgreSQL: `npm run test:postgres`. They need a server, so `npm test` leaves them out. */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  testMatch: ['**/*.postgres.ts'],
  testTimeout: 120_000,
};
