import { Random } from '@churn/core';
import { ClassProducts } from './class-products.js';
import { plainDesignEngine } from './plain-design-engine.js';
import { wasmDesignEngine } from './wasm-design-engine.js';

const random = new Random(8);
const draw = (length: number) => Float64Array.from({ length }, () => random.normal());

it.each([
  [7, 3, 2],
  [8, 1, 4],
  [13, 5, 7],
])('multiplies a matrix of %i rows and %i columns with the vectors of %i classes', (n, p, k) => {
  const columns = Array.from({ length: p }, () => draw(n));
  const weights = draw(n).map(Math.abs);
  const products = new ClassProducts(columns, n, k, weights);
  // The second round starts from memory used by the first.
  for (let round = 0; round < 2; round++) {
    const w = draw(p * k);
    products.times(w).forEach((value, at) => {
      const [c, row] = [Math.floor(at / n), at % n];
      expect(value).toBeCloseTo(
        columns.reduce((sum, column, j) => sum + column[row] * w[c * p + j], 0),
        12,
      );
    });
    const v = draw(n * k);
    products.transposedTimes(v).forEach((value, at) => {
      const [c, j] = [Math.floor(at / p), at % p];
      expect(value).toBeCloseTo(
        columns[j].reduce((sum, x, row) => sum + x * v[c * n + row], 0),
        12,
      );
    });
    const probabilities = products.softmax(v);
    const curved = products.curvedTimes(probabilities, w);
    const along = products.times(w);
    const moves = along.map((value, at) => {
      const row = at % n;
      const of = (values: Float64Array) => Array.from({ length: k }, (_, c) => values[c * n + row]);
      const powers = of(v).map(Math.exp);
      const shares = powers.map((power) => power / powers.reduce((sum, each) => sum + each));
      expect(of(probabilities)).toEqual(shares.map((share) => expect.closeTo(share, 13)));
      const mean = of(along).reduce((sum, each, c) => sum + each * shares[c], 0);
      return weights[row] * probabilities[at] * (value - mean);
    });
    expect([...curved]).toEqual(
      Array.from(products.transposedTimes(moves), (value) => expect.closeTo(value, 11)),
    );
  }
});

it('is bit-identical with and without WebAssembly', () => {
  const sizes = { nPanels: 3, nColumns: 5, nGroups: 2, nClasses: 7 };
  const wasm = wasmDesignEngine(sizes);
  const plain = plainDesignEngine(sizes);
  for (const name of ['design', 'coefficients', 'weights'] as const) {
    plain[name].set(draw(plain[name].length));
    wasm?.[name].set(plain[name]);
  }
  for (const engine of [wasm, plain]) {
    engine?.score();
    engine?.soften();
    engine?.curve();
    engine?.sumUp();
  }
  expect(wasm?.shares).toEqual(plain.shares);
  expect(wasm?.scores).toEqual(plain.scores);
  expect(wasm?.sums).toEqual(plain.sums);
});
