/** The soak, a part of `npm run test:endurance`: half an hour of load, and a ledger that grows to millions of events. */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/endurance'],
  testMatch: ['**/*.endurance.ts'],
  // What hangs is ended; how long the long run takes is not judged.
  testTimeout: 4 * 3_600_000,
};
