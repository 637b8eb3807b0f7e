import { Table } from '@churn/core';
import reference from '../../test/reference/svr.json';
import { gammaOf, type Kernel, type KernelName } from './kernel.js';
import { KernelSums } from './kernel-sums.js';
import { KernelRows } from './machine.js';
import { SVR } from './svr.js';

interface Fit {
  readonly params: {
    readonly kernel: string;
    readonly C: number;
    readonly gamma?: number;
    readonly degree?: number;
    readonly coef0?: number;
    readonly epsilon?: number;
  };
  readonly isWeighted: boolean;
  readonly nSupport: number;
  readonly objective: number;
  readonly amounts: readonly number[];
}

const TOLERANCE = 1e-10;

describe.each(reference.data)('SVR on "$name" agrees with scikit-learn', ({ x: rows, y, weight, fits }) => {
  const x = Table.fromMatrix(rows);
  const columns = x.names.map((name) => x.numeric(name));
  const amounts = Float64Array.from(y);

  it.each<Fit>(fits)('$params, weighted: $isWeighted', (expected) => {
    const { params, isWeighted } = expected;
    const sampleWeight = isWeighted ? weight : y.map(() => 1);
    const options = { ...params, kernel: params.kernel as KernelName, tolerance: TOLERANCE };
    const model = new SVR(options).fit(x, y, { sampleWeight });
    expect([model.machine.converged, model.machine.nSupport]).toEqual([true, expected.nSupport]);
    const { C, epsilon = 0.1, gamma = 'scale', degree = 3, coef0 = 0 } = params;
    const kernel: Kernel = {
      kernel: options.kernel,
      gamma: gammaOf(gamma as number, columns),
      degree,
      coef0,
    };
    const bounds = Float64Array.from(sampleWeight, (each) => C * each);
    const solved = new KernelRows(columns, kernel, 1, true).solveTube(
      { amounts, bounds, epsilon },
      TOLERANCE,
      1e6,
    );
    const { coefficients } = solved;
    const weights = [coefficients, coefficients.map(Math.abs)];
    const [sums, sizes] = new KernelSums(columns, kernel, weights).of(columns, y.length);
    // Both cache kernels in single precision and round differently, by about this share of the terms of a prediction.
    const size = Math.max(...sizes.map(Math.abs), ...y.map(Math.abs));
    model.predict(x).forEach((amount, row) => {
      expect(Math.abs(amount - expected.amounts[row])).toBeLessThan(1e-6 * size);
    });
    const objective = coefficients.reduce(
      (sum, beta, row) => sum + beta * (sums[row] / 2 - y[row]) + epsilon * Math.abs(beta),
      0,
    );
    expect(Math.abs(objective - expected.objective)).toBeLessThan(1e-9 * Math.abs(expected.objective));
    expect(Math.abs(solved.objective - objective)).toBeLessThan(1e-5 * Math.abs(objective));
    solved.decisions.forEach((decision, row) => {
      expect(Math.abs(decision - solved.intercept - sums[row])).toBeLessThan(1e-5 * size);
    });
  });
});
