const preset = require('../../jest.preset.cjs');

module.exports = {
  ...preset,
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.wasm$': '$1.ts', ...preset.moduleNameMapper },
  transform: { '/wasm/.+\\.ts$': '<rootDir>/scripts/wasm-transform.cjs', ...preset.transform },
};
