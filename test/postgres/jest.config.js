/**
 * Tests that need PostgreSQL, and the suites of the projections once more with their read models elsewhere than in
 * memory: `npm run test:postgres`. They need a server, so `npm test` leaves them out.
 */
const shared = require('../../jest.config');

const inPostgres = process.env.LEDGER_READ_STORE === 'postgres';

module.exports = {
  ...shared,
  rootDir: '../..',
  testMatch: [
    '<rootDir>/test/projections/*.test.ts',
    '<rootDir>/test/property/*.test.ts',
    '<rootDir>/test/rebuild/rebuild.test.ts',
    '<rootDir>/test/rebuild/read-models.test.ts',
    '<rootDir>/test/rebuild/shared-read-models.test.ts',
    ...(inPostgres ? ['**/*.postgres.ts'] : []),
  ],
  testTimeout: 120_000,
};
