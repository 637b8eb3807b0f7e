import { Random } from '@churn/core';
import { plainGramEngine } from './plain-gram-engine.js';
import { wasmGramEngine } from './wasm-gram-engine.js';

const random = new Random(5);
const draw = (length: number) => Float64Array.from({ length }, () => random.normal());

it.each([true, false])('is bit-identical with and without WebAssembly; only upper tiles: %s', (upperOnly) => {
  const sizes = { nLeft: 2, nRight: 3, nRows: 12 };
  const engines = [plainGramEngine(sizes), wasmGramEngine(sizes)];
  for (let block = 0; block < 2; block++) {
    const weights = draw(12);
    for (const engine of engines) engine?.weights.set(weights);
    for (let panel = 0; panel < 3; panel++) {
      const [columns, centres] = [draw(48), draw(4)];
      for (const engine of engines) {
        engine?.columns.set(columns);
        engine?.centres.set(centres);
        engine?.addMoments();
        engine?.pack(panel, false);
        if (panel < 2) engine?.pack(panel, true);
      }
    }
    for (const engine of engines) engine?.addProducts(upperOnly);
  }
  for (const name of ['moments', 'tiles'] as const) expect(engines[1]?.[name]).toEqual(engines[0]?.[name]);
  expect(engines[0]?.moments.every((value) => value !== 0)).toBe(true);
  // The tile below the diagonal.
  expect(engines[0]?.tiles.subarray(48, 64).some((value) => value !== 0)).toBe(!upperOnly);
});
