import { exp, type JsonObject, Random, StateReader, Table, TargetValues } from '@churn/core';
import { RandomForestRegressor, Ridge } from '@churn/models';
import { crossValPredict, KFold } from '@churn/selection';
import { fewRowsNote, intervalCovers, intervalEnds, restoreInterval, valueInterval } from './value-interval';

it('covers new values at the nominal rate, also if they are skewed', () => {
  const random = new Random(3);
  const draw = (n: number) => Float64Array.from({ length: n }, () => random.normal() ** 2);
  let held = 0;
  for (let set = 0; set < 400; set++) {
    const interval = valueInterval(draw(59), new Float64Array(59), { coverage: 0.9 });
    held += intervalCovers(interval, draw(50), new Float64Array(50));
  }
  // Tails of 60 places: 3 of them each, so that 0.9 is held exactly; the deviation of the mean is about 0.002.
  expect(held / 400).toBeGreaterThan(0.892);
  expect(held / 400).toBeLessThan(0.908);
});

it('extends from the smallest to the largest residual if rows are few', () => {
  expect(valueInterval(Float64Array.of(5, 1, 3), [2, 2, 2], { coverage: 0.9 })).toEqual({
    coverage: 0.9,
    edges: [],
    low: [-1],
    high: [3],
    rows: 3,
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
    const interval = valueInterval(train.actual, train.predicted, { coverage: 0.9 });
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
    const one = valueInterval(train.actual.slice(0, 199), train.predicted.slice(0, 199), { coverage: 0.9 });
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
  expect(valueInterval(actual, predicted.fill(4), { coverage: 0.9 }).edges).toEqual([]);
});

/** Columns and target values: linear with equal errors, positive and skewed, or a share with many zeros and ones. */
const TARGETS = {
  linear: { of: (a: number, error: number) => 3 * a + error, bounds: {} },
  positive: { of: (a: number, error: number) => exp(a + error), bounds: { min: 0 } },
  share: {
    of: (a: number, error: number) => Math.min(1, Math.max(0, 0.5 + a / 2 + error / 3)),
    bounds: { min: 0, max: 1 },
  },
};
const MODELS = { Ridge: new Ridge(), forest: new RandomForestRegressor({ nEstimators: 20, seed: 1 }) };
const CASES = (['linear', 'positive', 'share'] as const).flatMap((target) =>
  (['Ridge', 'forest'] as const).map((model) => ({ target, model })),
);

it.each(CASES)('covers new values of a $target target by $model from 80 rows', ({ target, model }) => {
  const { of, bounds } = TARGETS[target];
  const random = new Random(4);
  const draw = (n: number) => {
    const [a, b] = [0, 1].map(() => Float64Array.from({ length: n }, () => random.normal()));
    return {
      x: Table.fromColumns({ a, b }),
      y: TargetValues.from(a.map((each) => of(each, random.normal()))),
    };
  };
  const N_SETS = 30;
  let coverage = 0;
  for (let set = 0; set < N_SETS; set++) {
    const [train, test] = [draw(80), draw(200)];
    const cv = new KFold({ nSplits: 5 });
    const [outOfFold] = crossValPredict(MODELS[model], train.x, train.y, { cv });
    const predicted = MODELS[model].fit(train.x, train.y).predict(test.x);
    const interval = valueInterval(train.y.values, outOfFold, bounds);
    const { min, max, ...unbounded } = interval;
    const covers = intervalCovers(interval, test.y.values, predicted);
    // Values are within the bounds, so that none is lost; an interval beyond a bound gains those that equal it.
    expect(covers).toBeGreaterThanOrEqual(intervalCovers(unbounded, test.y.values, predicted));
    const ends = intervalEnds(interval, predicted);
    expect(ends.low.every((low, row) => low >= (min ?? -Infinity) && low <= ends.high[row])).toBe(true);
    expect(ends.high.every((high) => high <= (max ?? Infinity))).toBe(true);
    coverage += covers / N_SETS;
  }
  // Tails of 81 places, of which 4 are left out on either side: 73/81 = 0.901, and more for models that gain from the last fold.
  expect(coverage).toBeGreaterThan(0.88);
  expect(coverage).toBeLessThan(0.95);
});

it('notes that rows are few, and by how much the coverage may be off', () => {
  const { predicted, actual } = growing(new Random(6), 400);
  const noteOf = (rows: number) =>
    fewRowsNote(valueInterval(actual.slice(0, rows), predicted.slice(0, rows)));
  // 2 √(0.9 · 0.1 / 102) = 0.0594, 2 √(0.9 · 0.1 / 401) = 0.0300 (rounded up)
  expect(noteOf(100)).toContain('from 100 training rows, which are few');
  expect(noteOf(100)).toContain('nominal 90% by about 6 percentage points');
  expect(noteOf(398)).toContain('by about 3 percentage points');
  expect(noteOf(400)).toBeUndefined();
  // Files of earlier versions do not say how many rows there were.
  expect(fewRowsNote({ coverage: 0.9, edges: [], low: [-1], high: [1] })).toBeUndefined();
});

it('is restored unchanged, also from an earlier version', () => {
  const { predicted, actual } = growing(new Random(1), 1000);
  const interval = valueInterval(actual, predicted, { min: -20, max: 100 });
  const restored = (state: JsonObject) => restoreInterval(new StateReader('interval', state));
  expect(restored(JSON.parse(JSON.stringify(interval)))).toEqual(interval);
  expect(restored({ coverage: 0.8, low: -1, high: 2 })).toEqual({
    ...{ coverage: 0.8, edges: [], low: [-1], high: [2] },
  });
  for (const wrong of [
    { edges: [2, 1] },
    { low: [1] },
    { max: -21 },
    { rows: 0 },
    { high: interval.low.map((end) => end - 1) },
  ]) {
    expect(() => restored({ ...interval, ...wrong } as never)).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  }
});
