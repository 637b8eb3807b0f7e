module.exports = {
  ...require('../../jest.preset.cjs'),
  setupFiles: ['./test/no-terminal.cjs', './test/only-built-workers.cjs'],
  // These tests take longest and mostly wait for programs that they start, so no core is left free.
  maxWorkers: '100%',
};
