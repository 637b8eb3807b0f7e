import { exp, log, Random } from '@churn/core';
import { calibrationAtHorizon } from './calibration-at-horizon.js';

const random = new Random(11);
const n = 4000;
const rates = Float64Array.from({ length: n }, () => 0.02 + 0.1 * random.uniform());
const times = rates.map((rate) => -log(1 - random.uniform()) / rate);
const cuts = rates.map(() => 30 * random.uniform());
const y = {
  durations: times.map((time, i) => Math.min(time, cuts[i])),
  events: Array.from(times, (time, i) => (time <= cuts[i] ? 1 : 0)),
};
const truth = rates.map((rate) => 1 - exp(-rate * 10));

it('of true probabilities have intervals with about nominal coverage', () => {
  const bins = calibrationAtHorizon(y, truth, 10, { nBins: 20 });
  expect(bins).toHaveLength(20);
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(n);
  const held = bins.filter(({ predicted, lower, upper }) => lower <= predicted && predicted <= upper);
  expect(held.length).toBeGreaterThanOrEqual(17);
  const halved = calibrationAtHorizon(
    y,
    truth.map((p) => p / 2),
    10,
    { nBins: 20 },
  );
  expect(halved.filter(({ predicted, lower }) => predicted < lower).length).toBeGreaterThanOrEqual(17);
});

it('keeps ties together, and counts by weights', () => {
  const small = { durations: [1, 2, 3, 4], events: [1, 0, 1, 1] };
  const bins = calibrationAtHorizon(small, [0.2, 0.2, 0.2, 0.6], 3, { nBins: 4 });
  expect(bins.map(({ count, predicted }) => [count, predicted.toFixed(3)])).toEqual([
    [3, '0.200'],
    [1, '0.600'],
  ]);
  expect(bins[0].observed).toBeCloseTo(1, 14);
  expect(bins[1].observed).toBe(0);
  const weighted = calibrationAtHorizon(small, [0.1, 0.2, 0.4, 0.6], 3, {
    nBins: 1,
    sampleWeight: [2, 0, 1, 1],
  });
  expect(weighted).toEqual([expect.objectContaining({ count: 4, observed: 0.75 })]);
  expect(weighted[0].predicted).toBeCloseTo((0.2 + 0.4 + 0.6) / 4, 14);
});

it('has a wide interval for a bin without an event', () => {
  const none = { durations: [5, 5, 5, 5, 9, 2], events: [0, 0, 0, 0, 1, 1] };
  const [bin] = calibrationAtHorizon(none, [0.1, 0.1, 0.1, 0.1, 0.8, 0.8], 5, { nBins: 2 });
  expect(bin).toMatchObject({ count: 4, observed: 0, lower: 0 });
  // As of scipy.stats.binomtest(0, 4).proportion_ci(0.95): 1 - 0.025^(1/4).
  expect(bin.upper).toBeCloseTo(0.6023646356164853, 12);
  const unseen = calibrationAtHorizon(none, [0.8, 0.8, 0.8, 0.8, 0.8, 0.1], 1.5, { nBins: 6 });
  expect(unseen[0]).toMatchObject({ count: 1, upper: expect.closeTo(0.975, 12) });
});

it('rejects invalid probabilities, and a horizon beyond observation', () => {
  expect(() => calibrationAtHorizon(y, truth.subarray(1), 10)).toThrow('for each of 4000 rows, got 3999');
  expect(() =>
    calibrationAtHorizon(
      y,
      truth.map(() => 1.5),
      10,
    ),
  ).toThrow('row 0: expected a probability');
  expect(() => calibrationAtHorizon(y, truth, 1000)).toThrow('horizon');
});
