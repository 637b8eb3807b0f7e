import { Durations, Labels, TargetValues } from '@churn/core';
import { integratedBrierScore } from '@churn/survival';
import { scoreOf } from './score-of';

const rows = Int32Array.of(0, 2, 3, 4, 5, 1);

it("scores survival from each row's entry to the horizons", () => {
  const y = Durations.from({ durations: [3, 5, 8, 9, 12, 20], events: [1, 0, 1, 1, 0, 1] });
  const within = [
    [0.4, 0.3, 0.2, 0.3, 0.1, 0.1],
    [0.8, 0.5, 0.6, 0.5, 0.3, 0.2],
  ].map((each) => Float64Array.from(each));
  const risk = Float64Array.of(6, 5, 4, 3, 2, 1);
  const judged = { predictions: [risk, ...within], horizons: [4, 10] };
  const survival = within.map((each) => Float64Array.from(rows, (row) => 1 - each[row]));
  const expected = integratedBrierScore(y.take(rows), [new Float64Array(6).fill(1), ...survival], [0, 4, 10]);
  expect(scoreOf('integratedBrierScore', y.take(rows), judged, rows)).toBeCloseTo(expected, 14);
  expect(expected).toBeGreaterThan(0.05);
  // Only row 1, which left observation, is out of order, and nobody knows by how much.
  expect(scoreOf('concordance', y.take(rows), judged, rows)).toBe(1);
});

it('scores predicted classes, probabilities or values, as the metric requires', () => {
  const y = Labels.from(['a', 'a', 'a', 'b', 'b', 'b'], ['a', 'b']);
  const p = Float64Array.of(0.1, 0.2, 0.6, 0.3, 0.7, 0.8);
  const called = Int32Array.of(0, 0, 0, 0, 1, 1);
  const judged = { predictions: [p.map((each) => 1 - each), p], called };
  const all = Int32Array.from(p.keys());
  expect(scoreOf('accuracy', y, judged, all)).toBeCloseTo(5 / 6, 14);
  expect(scoreOf('brierScore', y, judged, all)).toBeCloseTo(
    (0.01 + 0.04 + 0.36 + 0.49 + 0.09 + 0.04) / 6,
    14,
  );
  const values = { predictions: [Float64Array.of(1, 2)] };
  expect(scoreOf('rootMeanSquaredError', TargetValues.from([1, 4]), values, Int32Array.of(0, 1))).toBeCloseTo(
    Math.SQRT2,
    14,
  );
});
