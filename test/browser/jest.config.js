/** Tests in a real browser: `npm run test:browser`. They need Chromium, so `npm test` leaves them out. */
const shared = require('../../jest.config');

module.exports = {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser.ts'],
  testTimeout: 120_000,
};
