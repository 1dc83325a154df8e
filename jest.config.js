/** Tests run from the TypeScript sources (export condition "source"), so a red test needs no build first. */
module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
  roots: ['<rootDir>/packages', '<rootDir>/services', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  // These are ES modules only: Node loads them as they are, Jest's own loader wants them transformed.
  transformIgnorePatterns: ['/node_modules/(?!(jose|openid-client|oauth4webapi|@noble)/)'],
  transform: {
    '^.+\\.(ts|js)$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // A worker keeps something of every file that it has run, and collecting it takes longer and longer: then another takes over.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
};
