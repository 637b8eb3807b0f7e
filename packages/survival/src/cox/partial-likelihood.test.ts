import { Durations, Random } from '@churn/core';
import { PartialLikelihood, TIES } from './partial-likelihood.js';
import { RiskSets } from './risk-sets.js';

const n = 60;
const random = new Random(8);
const draw = (of: (u: number) => number) => Float64Array.from({ length: n }, () => of(random.uniform()));
const durations = draw((u) => Math.floor(12 * u) + 1);
const events = draw((u) => (u < 0.6 ? 1 : 0));
const entry = draw((u) => u).map((u, row) => u * 0.9 * durations[row]);
const strata = Uint32Array.from(draw((u) => Math.floor(3 * u)));
const columns = [draw((u) => 2 * u - 1), draw((u) => u * u), draw((u) => Math.floor(2 * u))];
const weights = draw((u) => 0.5 + u);
const at = Float64Array.of(0.7, -1.1, 0.4);
const along = Float64Array.of(0.3, 0.5, -0.9);

describe.each(TIES.flatMap((ties) => [undefined, entry].map((from) => ({ ties, from }))))(
  'the partial likelihood with ties of $ties and entries $from',
  ({ ties, from }) => {
    const riskSets = new RiskSets(Durations.from({ durations, events, entry: from }), strata);
    const inOrder = (values: Float64Array) => values.map((_, position) => values[riskSets.rows[position]]);
    const likelihood = new PartialLikelihood({
      riskSets,
      columns: columns.map(inOrder),
      weights: inOrder(weights),
      ties,
    });
    const moved = (step: number) => likelihood.scores(at.map((value, j) => value + step * along[j]));
    const change = (of: (z: Float64Array) => ArrayLike<number>, j: number) =>
      (of(moved(1e-5))[j] - of(moved(-1e-5))[j]) / 2e-5;
    const z = moved(0);
    const hessian = likelihood.hessian(z, [0, 1, 2], 0);
    const product = along.map((_, j) => along.reduce((sum, value, k) => sum + hessian[3 * j + k] * value, 0));

    it('has a gradient and Hessian that agree with finite differences', () => {
      const slope = likelihood.gradient(z).reduce((sum, value, j) => sum + value * along[j], 0);
      expect(slope).toBeCloseTo(
        change((scores) => [likelihood.value(scores)], 0),
        6,
      );
      product.forEach((value, j) => {
        expect(value).toBeCloseTo(
          change((scores) => likelihood.gradient(scores), j),
          6,
        );
      });
    });

    it('has no likelihood if risks differ too much', () => {
      expect(likelihood.value(moved(1e4))).toBe(Infinity);
    });

    it('multiplies by its Hessian, and has that of a subset of columns', () => {
      likelihood
        .hessianTimes(z)(along)
        .forEach((value, j) => {
          expect(value).toBeCloseTo(product[j], 10);
        });
      const part = likelihood.hessian(z, [2, 0], 0);
      expect(part[1]).toBeCloseTo(hessian[2], 12);
      expect(part[0]).toBeCloseTo(hessian[8], 12);
    });

    it('keeps its Hessian while scores move less than the tolerance', () => {
      const near = moved(1e-3);
      likelihood.hessian(z, [0, 1, 2], 0);
      expect(likelihood.hessian(near, [0, 1, 2], 0.1)).toEqual(hessian);
      expect(likelihood.hessian(near, [0, 1, 2], 0)).not.toEqual(hessian);
    });

    it('has events minus expected ones, by means over risk sets, as its gradient', () => {
      const means = likelihood.riskSetMeans(z);
      let sum = 0;
      for (let k = 0; k < riskSets.nTimes; k++) {
        const end = riskSets.deaths[k] + riskSets.nDeaths[k];
        for (let position = riskSets.deaths[k]; position < end; position++) {
          const row = riskSets.rows[position];
          // Tied events share the mean of their weights.
          const tied = Array.from(riskSets.rows.subarray(riskSets.deaths[k], end), (each) => weights[each]);
          const mean = tied.reduce((total, weight) => total + weight, 0) / tied.length;
          sum += mean * means[0][k] - weights[row] * columns[0][row];
        }
      }
      expect(likelihood.gradient(z)[0]).toBeCloseTo(sum, 10);
    });
  },
);
