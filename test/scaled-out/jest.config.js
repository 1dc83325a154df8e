/** Tests that need several engines together: `npm run test:scaled`, which starts them. `npm test` leaves them out. */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  testMatch: ['**/*.scaled.ts'],
  testTimeout: 120_000,
};
