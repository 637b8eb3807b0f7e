module.exports = {
  ...require('../jest.preset.cjs'),
  // These tests mostly wait for programs that they start, so no core is left free.
  maxWorkers: '100%',
};
