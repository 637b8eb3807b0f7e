import { Random } from '@churn/core';
import { KERNELS, type Kernel } from './kernel.js';
import { KernelSums } from './kernel-sums.js';

function slowKernel({ kernel, gamma, coef0, degree }: Kernel, a: readonly number[], b: readonly number[]) {
  const product = a.reduce((sum, value, j) => sum + value * b[j], 0);
  const squares = a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0);
  const inner = gamma * product + coef0;
  return {
    linear: product,
    poly: inner ** degree,
    rbf: Math.exp(-gamma * squares),
    sigmoid: Math.tanh(inner),
  }[kernel];
}

const columnsOf = (rows: readonly number[][]) =>
  rows[0].map((_, j) => Float64Array.from(rows, (row) => row[j]));

describe.each(KERNELS)('sums of %s kernels', (name) => {
  const kernel: Kernel = { kernel: name, gamma: 0.3, degree: 3, coef0: 0.5 };

  it.each([
    [1, 1, 1],
    [4, 3, 2],
    [9, 7, 3],
    [64, 5, 1],
  ])('agree with sums computed one by one: %i rows, %i points, %i sums', (nRows, nPoints, nSums) => {
    const random = new Random(name, nRows);
    const draw = (n: number) => Array.from({ length: n }, () => [0, 1, 2].map(() => random.normal()));
    const [rows, points] = [draw(nRows), draw(nPoints)];
    const weights = Array.from({ length: nSums }, () => Float64Array.from(rows, () => random.normal()));
    const sums = new KernelSums(columnsOf(rows), kernel, weights);
    const found = sums.of(columnsOf(points), nPoints);
    points.forEach((point, p) => {
      weights.forEach((ofRows, k) => {
        const slow = ofRows.reduce((sum, weight, i) => sum + weight * slowKernel(kernel, rows[i], point), 0);
        expect(found[k][p]).toBeCloseTo(slow, 11);
      });
      // The sums of a point do not depend on its neighbours.
      const alone = sums.of(columnsOf([point]), 1);
      expect(alone.map(([sum]) => sum)).toEqual(found.map((sum) => sum[p]));
    });
  });
});

it('is 0 at a point far beyond all rows', () => {
  const kernel: Kernel = { kernel: 'rbf', gamma: 1, degree: 3, coef0: 0 };
  const sums = new KernelSums([Float64Array.of(0, 3)], kernel, [Float64Array.of(1, 1)]);
  const [[at, beyond]] = sums.of([Float64Array.of(0, 1e200)], 2);
  expect(at).toBeCloseTo(1 + Math.exp(-9), 12);
  expect(beyond).toBeCloseTo(0, 12);
});
