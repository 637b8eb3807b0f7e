import { Random } from '@churn/core';
import fc from 'fast-check';
import { minimiseL1Products } from './l1-products.js';
import { minimiseL1Quadratic } from './l1-quadratic.js';

/** A quadratic of two blocks of three, whose Hessian has entries outside the blocks. */
function drawn(seed: number) {
  const random = new Random(seed);
  const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
  const rows = Array.from({ length: 12 }, () => draw(6));
  const hessian = new Float64Array(36);
  for (const row of rows) {
    for (let j = 0; j < 6; j++) for (let k = 0; k < 6; k++) hessian[6 * j + k] += row[j] * row[k];
  }
  const times = (v: Float64Array) =>
    v.map((_, j) => v.reduce((sum, value, k) => sum + hessian[6 * j + k] * value, 0));
  const blocks = [0, 3].map((first) =>
    Float64Array.from({ length: 9 }, (_, i) => hessian[6 * (first + Math.floor(i / 3)) + first + (i % 3)]),
  );
  const gradient = draw(6).map((value) => 10 * value);
  const at = draw(6).map((value, j) => (j % 2 === 0 ? 0 : value));
  const lambda = draw(6).map((value, j) => (j === 5 ? 0 : 5 * Math.abs(value)));
  return { hessian, times, blocks, gradient, at, lambda };
}

it('reaches the minimum of the full Hessian', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(0.1, 1), (seed, share) => {
      const { hessian, times, blocks, gradient, at, lambda } = drawn(seed);
      const exact = minimiseL1Quadratic({ hessian, gradient, at, lambda });
      // With blocks that are too small, the first steps overshoot.
      const scaled = blocks.map((block) => block.map((value) => share * value));
      const options = { tolerance: 1e-12, maxIterations: 20_000 };
      const found = minimiseL1Products({ times, blocks: scaled, gradient, at, lambda }, options);
      found?.forEach((value, j) => {
        expect(Math.abs(value - exact[j])).toBeLessThan(1e-8);
      });
      expect(found).toBeDefined();
    }),
  );
});

it('returns undefined if the iterations do not suffice', () => {
  const { times, blocks, gradient, at, lambda } = drawn(3);
  const problem = { times, blocks, gradient, at, lambda };
  expect(minimiseL1Products(problem, { tolerance: 1e-12, maxIterations: 2 })).toBeUndefined();
});
