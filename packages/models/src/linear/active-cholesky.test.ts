import { Random } from '@churn/core';
import { ActiveCholesky } from './active-cholesky.js';
import { solveSymmetric } from './solve.js';

/** A random Gram matrix of columns in very different units. */
function gram(size: number, rows: number, seed: number): Float64Array {
  const random = new Random(seed);
  const columns = Array.from({ length: size }, (_, j) =>
    Array.from({ length: rows }, () => random.normal() * 10 ** (3 * (j % 3) - 3)),
  );
  const matrix = new Float64Array(size * size);
  columns.forEach((a, j) => {
    columns.forEach((b, k) => {
      matrix[j * size + k] = a.reduce((sum, value, i) => sum + value * b[i], 0);
    });
  });
  return matrix;
}

function submatrix(matrix: Float64Array, size: number, active: readonly number[]): Float64Array {
  return Float64Array.from(active.flatMap((j) => active.map((k) => matrix[j * size + k])));
}

describe('ActiveCholesky', () => {
  it('agrees with a solution computed by hand', () => {
    const factor = new ActiveCholesky(Float64Array.of(4, 2, 2, 3), 2);
    expect(
      [...(factor.solve([0, 1], Float64Array.of(8, 7)) ?? [])].map((x) => Number(x.toFixed(12))),
    ).toEqual([1.25, 1.5]);
    expect(factor.solve([1], Float64Array.of(6))?.[0]).toBeCloseTo(2, 12);
    expect(factor.solve([], new Float64Array(0))).toHaveLength(0);
  });

  it('agrees with a fresh solve while columns are added and removed in any order', () => {
    const size = 12;
    const matrix = gram(size, 40, 1);
    const factor = new ActiveCholesky(matrix, size);
    const random = new Random(2);
    for (let round = 0; round < 300; round++) {
      const active = Array.from({ length: size }, (_, j) => j).filter(() => random.uniform() < 0.6);
      if (round % 3 === 0) active.reverse();
      const target = Float64Array.from(active, () => random.normal());
      const fresh = solveSymmetric(submatrix(matrix, size, active), target);
      const solved = factor.solve(active, target);
      active.forEach((j, a) => {
        const unit = Math.sqrt(matrix[j * size + j]);
        expect(Math.abs((solved?.[a] ?? NaN) - fresh[a]) * unit).toBeLessThan(1e-8);
      });
    }
  });

  it('returns undefined for dependent or zero active columns, and continues with others', () => {
    const factor = new ActiveCholesky(Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 0), 3);
    expect(factor.solve([0, 1], Float64Array.of(1, 1))).toBeUndefined();
    expect(factor.solve([2], Float64Array.of(1))).toBeUndefined();
    expect(factor.solve([1], Float64Array.of(3))?.[0]).toBe(3);
  });
});
