/** Tests that kill processes, cut power and fill disks: `npm run test:kills`. They take minutes, so `npm test` leaves them out. */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/durability'],
  testMatch: ['**/*.durability.ts'],
  // What hangs is ended; how long the long run takes is not judged.
  testTimeout: 3_600_000,
};
