/** Tests that need a Kafka broker: `npm run test:kafka`, which starts one. `npm test` leaves them out. */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  testMatch: ['**/*.kafka.ts'],
  testTimeout: 120_000,
};
