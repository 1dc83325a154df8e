/** Faults of the ledger scaled out, on a real Kafka and PostgreSQL: `npm run test:faults`. `npm test` leaves them out. */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/faults'],
  testMatch: ['**/*.faults.ts'],
  // What hangs is ended; how long the long run takes is not judged.
  testTimeout: 3_600_000,
};
