import { Random, TargetValues } from '@churn/core';
import { meanAbsoluteError } from '../metrics/mean-absolute-error.js';
import { meanSquaredError } from '../metrics/mean-squared-error.js';
import { selectEnsemble } from './select-ensemble.js';

const random = new Random(8);
const truth = Float64Array.from({ length: 200 }, () => 10 * random.normal());
const y = TargetValues.from(truth);
const noisy = (noise: number) => truth.map((value) => value + noise * random.normal());
const candidates = [noisy(1), noisy(2), noisy(9)];
const predictions = candidates.map((each) => [each]);
const blended = (weights: readonly number[]) =>
  truth.map((_, row) => weights.reduce((sum, weight, i) => sum + weight * candidates[i][row], 0));

describe('selectEnsemble for regression', () => {
  it('approaches the least-squares weights', () => {
    // Of independent errors the best weights go by 1 / noise^2: 0.79, 0.2 and 0.01.
    const weights = selectEnsemble(y, predictions, { nBags: 1, minWeight: 0 });
    expect(Math.abs(weights[0] - 0.79)).toBeLessThan(0.1);
    expect(weights[2]).toBeLessThan(0.05);
    expect(meanSquaredError(y, blended(weights))).toBeLessThan(meanSquaredError(y, candidates[0]));
  });

  it('gives no weight to much worse candidates, however few there are', () => {
    const poor = [noisy(60), noisy(80)].map((each) => [each]);
    expect(selectEnsemble(y, [predictions[0], ...poor])).toEqual([1, 0, 0]);
    expect(selectEnsemble(y, [poor[0], predictions[0]])).toEqual([0, 1]);
  });

  it('optimises the given scorer, and respects weights', () => {
    const asked = { scoring: 'meanAbsoluteError', nBags: 1, nRounds: 20 } as const;
    const weights = selectEnsemble(y, predictions, asked);
    expect(meanAbsoluteError(y, blended(weights))).toBeLessThan(meanAbsoluteError(y, candidates[0]));
    const second = truth.map((value, row) => (row < 100 ? value : 0));
    const first = truth.map((value, row) => (row < 100 ? 0 : value));
    const sampleWeight = truth.map((_, row) => (row < 100 ? 1 : 0));
    expect(selectEnsemble(y, [[first], [second]], { sampleWeight })).toEqual([0, 1]);
  });

  it('rejects lists that are not one value per row', () => {
    expect(() => selectEnsemble(y, [[truth, truth]])).toThrow(
      'predictions[0]: expected one array of predicted values',
    );
    expect(() => selectEnsemble(y, [[truth], [truth.slice(1)]])).toThrow(
      'predictions[1]: expected a prediction for each of 200 target values, got 199',
    );
    expect(() => selectEnsemble(y, [])).toThrow(
      'predictions: expected one array of predicted values for each of one or more',
    );
    expect(() => selectEnsemble(y, predictions, { scoring: 'rocAuc' })).toThrow(
      'expected a scorer of values',
    );
  });
});
