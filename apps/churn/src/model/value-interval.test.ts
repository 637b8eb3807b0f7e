import { type JsonObject, Random, StateReader } from '@churn/core';
import { intervalCovers, intervalEnds, restoreInterval, valueInterval } from './value-interval';

it('covers new values at the nominal rate, also if they are skewed', () => {
  const random = new Random(3);
  const draw = (n: number) => Float64Array.from({ length: n }, () => random.normal() ** 2);
  let held = 0;
  for (let set = 0; set < 400; set++) {
    const interval = valueInterval(draw(59), new Float64Array(59), 0.9);
    held += intervalCovers(interval, draw(50), new Float64Array(50));
  }
  // Tails of 60 places: 3 of them each, so that 0.9 is held exactly; the deviation of the mean is about 0.002.
  expect(held / 400).toBeGreaterThan(0.892);
  expect(held / 400).toBeLessThan(0.908);
});

it('extends from the smallest to the largest residual if rows are few', () => {
  expect(valueInterval(Float64Array.of(5, 1, 3), [2, 2, 2], 0.9)).toEqual({
    coverage: 0.9,
    edges: [],
    low: [-1],
    high: [3],
  });
});

/** Values whose errors grow with their prediction, and are skewed. */
function growing(random: Random, n: number) {
  const predicted = Float64Array.from({ length: n }, () => 10 * random.uniform());
  const actual = predicted.map((value) => value + value * (random.normal() ** 2 - 1));
  return { predicted, actual };
}

it('adapts to the prediction: coverage is equal for large and small ones', () => {
  const random = new Random(8);
  const held = [0, 0, 0, 0, 0];
  let [overall, flat] = [0, 0];
  const N_SETS = 60;
  for (let set = 0; set < N_SETS; set++) {
    const train = growing(random, 1200);
    const test = growing(random, 1000);
    const interval = valueInterval(train.actual, train.predicted, 0.9);
    expect(interval.edges).toHaveLength(5);
    const { low, high } = intervalEnds(interval, test.predicted);
    const isIn = (row: number) => test.actual[row] >= low[row] && test.actual[row] <= high[row];
    const counts = [0, 0, 0, 0, 0];
    const inside = [0, 0, 0, 0, 0];
    test.predicted.forEach((value, row) => {
      const fifth = Math.floor(value / 2);
      counts[fifth]++;
      if (isIn(row)) inside[fifth]++;
    });
    counts.forEach((count, fifth) => {
      held[fifth] += inside[fifth] / count / N_SETS;
    });
    overall += intervalCovers(interval, test.actual, test.predicted) / N_SETS;
    // What one interval for all holds of the highest fifth.
    const one = valueInterval(train.actual.slice(0, 199), train.predicted.slice(0, 199), 0.9);
    const highest = test.predicted.filter((value) => value >= 8);
    const theirs = test.actual.filter((_, row) => test.predicted[row] >= 8);
    flat += intervalCovers(one, theirs, highest) / N_SETS;
  }
  // Ten tails of 201 places each, of which 10 are left out on either side: 181/201 = 0.9005.
  expect(overall).toBeGreaterThan(0.895);
  expect(overall).toBeLessThan(0.91);
  for (const share of held) expect([share > 0.86, share < 0.95]).toEqual([true, true]);
  expect(held[4]).toBeGreaterThan(0.88);
  expect(flat).toBeLessThan(0.8);
});

it('has one interval for equal predictions', () => {
  const { predicted, actual } = growing(new Random(2), 3000);
  expect(valueInterval(actual, predicted.fill(4), 0.9).edges).toEqual([]);
});

it('is restored unchanged, also from an earlier version', () => {
  const { predicted, actual } = growing(new Random(1), 1000);
  const interval = valueInterval(actual, predicted);
  const restored = (state: JsonObject) => restoreInterval(new StateReader('interval', state));
  expect(restored(JSON.parse(JSON.stringify(interval)))).toEqual(interval);
  expect(restored({ coverage: 0.8, low: -1, high: 2 })).toEqual({
    ...{ coverage: 0.8, edges: [], low: [-1], high: [2] },
  });
  for (const wrong of [{ edges: [2, 1] }, { low: [1] }, { high: interval.low.map((end) => end - 1) }]) {
    expect(() => restored({ ...interval, ...wrong } as never)).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  }
});
