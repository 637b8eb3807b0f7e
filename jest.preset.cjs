/**
 * Tests in files named `*.slow.test.ts` take more than some five seconds of processor time. All of them would keep two cores busy for
 * twenty minutes, so they run only with `CHECK_SLOW=1`, as in CI, or if a file is named.
 */
const withSlow = process.env.CHECK_SLOW === '1' || process.argv.slice(2).some((arg) => !arg.startsWith('-'));

/** Shared by every package: TypeScript through swc, tests beside the code they test. */
module.exports = {
  testEnvironment: 'node',
  // On a busy machine a test may take long; how long says nothing of whether it is right. Only a test that hangs is to end.
  testTimeout: 600_000,
  // Without it every `Math` in a loop is looked up through the sandbox of the test, at a hundred times the cost.
  sandboxInjectedGlobals: ['Math', 'Number'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(withSlow ? [] : ['\\.slow\\.test\\.ts$'])],
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
