import { Random } from '@churn/core';
import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { solveSymmetric } from './solve.js';
import { weightedGram } from './weighted-gram.js';

const multiply = (a: Float64Array, x: Float64Array) =>
  x.map((_, i) => x.reduce((sum, value, j) => sum + a[i * x.length + j] * value, 0));

describe('solveSymmetric', () => {
  it('solves 2 x + y = 3, x + 3 y = 5', () => {
    const [x, y] = solveSymmetric(Float64Array.of(2, 1, 1, 3), Float64Array.of(3, 5));
    expect(x).toBeCloseTo(4 / 5, 14);
    expect(y).toBeCloseTo(7 / 5, 14);
  });

  it('solves A x = b, even if A is singular but there is a solution', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 12 }),
        (seed, p, n) => {
          const random = new Random(seed);
          const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
          const a = weightedGram(
            Array.from({ length: p }, () => draw(n)),
            new Float64Array(n).fill(1),
          );
          const b = multiply(a, draw(p));
          const size = Math.max(...b.map(Math.abs));
          multiply(a, solveSymmetric(a, b)).forEach((value, j) => {
            expect(Math.abs(value - b[j])).toBeLessThan(1e-7 * size);
          });
        },
      ),
    );
  });

  it('agrees with ml-matrix for a well-conditioned system', () => {
    const random = new Random(1);
    const columns = Array.from({ length: 20 }, () =>
      Float64Array.from({ length: 60 }, () => random.normal()),
    );
    const a = weightedGram(columns, new Float64Array(60).fill(1));
    const b = Float64Array.from({ length: 20 }, () => random.normal());
    const expected = solve(Matrix.from1DArray(20, 20, a), Matrix.columnVector(b)).to1DArray();
    solveSymmetric(a, b).forEach((value, j) => {
      expect(value).toBeCloseTo(expected[j], 12);
    });
  });

  it.each([0, 5e-324, 1e-310])('terminates if no diagonal entry is above %p', (diagonal) => {
    const x = solveSymmetric(Float64Array.of(diagonal, 0, 0, 0), Float64Array.of(0, 0));
    expect([...x]).toEqual([0, 0]);
  });

  it.each([NaN, Infinity])('throws, and does not hang, if the matrix contains %p', (value) => {
    expect(() => solveSymmetric(new Float64Array(4).fill(value), Float64Array.of(1, 1))).toThrow(/too large/);
  });

  it('solves an empty system', () => {
    expect(solveSymmetric(new Float64Array(0), new Float64Array(0))).toHaveLength(0);
  });
});
