import { Table } from '@churn/core';
import reference from '../../test/reference/svc_weights.json';
import type { Gamma, KernelName } from './kernel.js';
import { SVC } from './svc.js';

interface Fit {
  readonly params: {
    readonly weighted: boolean;
    readonly kernel: string;
    readonly C: number;
    readonly gamma?: string | number;
    readonly coef0?: number;
    readonly class_weight?: string;
  };
  readonly decisions: readonly (readonly number[])[];
}

describe.each(reference.data)(
  'SVC on "$name" agrees with scikit-learn',
  ({ x: rows, y, weight, fits, logLoss }) => {
    const x = Table.fromMatrix(rows);

    it.each<Fit>(fits)('$params', ({ params, decisions }) => {
      const model = new SVC({
        kernel: params.kernel as KernelName,
        C: params.C,
        gamma: params.gamma as Gamma | undefined,
        coef0: params.coef0,
        classWeight: params.class_weight as 'balanced' | undefined,
        tolerance: 1e-6,
        probability: false,
      }).fit(x, y, params.weighted ? { sampleWeight: weight } : undefined);
      expect(model.machine.converged).toBe(true);
      model
        .decisionFunction(x.take(Int32Array.from({ length: 12 }, (_, row) => row)))
        .forEach((scores, k) => {
          const size = Math.max(1, ...decisions[k].map(Math.abs));
          scores.forEach((score, row) => {
            expect(Math.abs(score - decisions[k][row])).toBeLessThan(1e-3 * size);
          });
        });
    });

    it('its probabilities on other rows are as good', () => {
      const half = Math.floor(y.length / 2);
      const rowsFrom = (start: number, end: number) =>
        x.take(Int32Array.from({ length: end - start }, (_, i) => start + i));
      const losses = Array.from({ length: 10 }, (_, seed) => {
        const model = new SVC({ C: 1, seed }).fit(rowsFrom(0, half), y.slice(0, half));
        const probabilities = model.predictProba(rowsFrom(half, y.length));
        const logs = y.slice(half).map((code, row) => -Math.log(probabilities[code][row]));
        return logs.reduce((sum, log) => sum + log, 0) / logs.length;
      });
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      expect(Math.abs(mean - logLoss.mean)).toBeLessThan(2 * logLoss.sd + 0.02);
    });
  },
);
