import { Table } from '@churn/core';
import reference from '../../test/reference/svc.json';
import type { Gamma, KernelName } from './kernel.js';
import { SVC } from './svc.js';

interface Params {
  readonly kernel: string;
  readonly C: number;
  readonly gamma?: string | number;
  readonly degree?: number;
  readonly coef0?: number;
  readonly class_weight?: string;
}

interface Fit {
  readonly params: Params;
  readonly nSupport: number;
  readonly objective: number | null;
  readonly decisions: readonly (readonly number[])[];
}

describe.each(reference.data)('SVC on "$name" agrees with scikit-learn', ({ x: rows, y, fits }) => {
  const x = Table.fromMatrix(rows);

  it.each<Fit>(fits)('$params', ({ params, nSupport, objective, decisions }) => {
    const { kernel, C, gamma, degree, coef0, class_weight: classWeight } = params;
    const model = new SVC({
      kernel: kernel as KernelName,
      C,
      gamma: gamma as Gamma | undefined,
      degree,
      coef0,
      classWeight: classWeight as 'balanced' | undefined,
      tolerance: 1e-5,
      maxIterations: 1_000_000,
      probability: false,
    }).fit(x, y);
    const { machine } = model;
    expect(machine.converged).toBe(true);
    // A row with a coefficient near 0 may be a support vector in one library and not in the other.
    expect(Math.abs(machine.nSupport - nSupport)).toBeLessThanOrEqual(1 + 0.02 * nSupport);
    if (objective !== null) {
      const [{ coefficients, intercept }] = machine.pairs;
      const signed = model.decisionFunction(supportTable(model.features, machine.supportVectors))[0];
      const quadratic = coefficients.reduce((sum, a, i) => sum + a * (signed[i] - intercept), 0);
      const linear = coefficients.reduce((sum, a) => sum + Math.abs(a), 0);
      expect(Math.abs(quadratic / 2 - linear - objective)).toBeLessThan(1e-5 * Math.abs(objective));
    }
    model.decisionFunction(x.take(Int32Array.from({ length: 12 }, (_, row) => row))).forEach((scores, k) => {
      const size = Math.max(1, ...decisions[k].map(Math.abs));
      scores.forEach((score, row) => {
        expect(Math.abs(score - decisions[k][row])).toBeLessThan(1e-3 * size);
      });
    });
  });
});

function supportTable(features: readonly string[], columns: readonly Float64Array[]): Table {
  return Table.fromColumns(features.map((name, j) => [name, columns[j]] as const));
}
