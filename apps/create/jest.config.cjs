module.exports = {
  ...require('../../jest.preset.cjs'),
  // These tests take longest and mostly wait for programs that they start, so no core is left free.
  maxWorkers: '100%',
  // All of them are slow ones.
  passWithNoTests: true,
};
