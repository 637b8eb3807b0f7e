/** Shared by every package: TypeScript through swc, tests beside the code they test. */
module.exports = {
  testEnvironment: 'node',
  // On a busy machine a test may take long; how long says nothing of whether it is right. Only a test that hangs is to end.
  testTimeout: 600_000,
  // Without it every `Math` in a loop is looked up through the sandbox of the test, at a hundred times the cost.
  sandboxInjectedGlobals: ['Math', 'Number'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  // Sources import each other as './x.js', as ESM wants it; here './x.ts' stands in its place.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.test.ts', '!src/index.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      },
    ],
  },
  prettierPath: null,
};
