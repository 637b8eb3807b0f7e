import {
  type FittedRegressor,
  log,
  Pipeline,
  parseModel,
  Random,
  serializeModel,
  Table,
  TargetValues,
} from '@churn/core';
import { StandardScaler } from '@churn/transforms';
import { BandRegressor } from '../../test/band-regressor.js';
import { MeanRegressor } from '../../test/mean-regressor.js';
import reference from '../../test/reference/conformal.json';
import { KFold } from '../splitters/k-fold.js';
import { Repeated } from '../splitters/repeated.js';
import { bandOf, scoresOfBand } from './conformal-part.js';
import { ConformalRegressor, type ConformalRegressorOptions } from './conformal-regressor.js';
import { FittedConformalRegressor } from './fitted-conformal-regressor.js';

type Case = keyof typeof reference.cases;
const x = Table.fromColumns({ a: Float64Array.from(reference.a) });
const y = TargetValues.from(reference.y);
const fresh = Table.fromColumns({ a: Float64Array.from(reference.new) });
const regressor = new MeanRegressor(2);

/** Of the first rows as training part: what `'split'` learns, without the draw. */
function splitOf(model: MeanRegressor, score: 'absolute' | 'quantile'): FittedConformalRegressor {
  const rows = Int32Array.from(y.values.keys());
  const train = rows.slice(0, reference.nTrain);
  const test = rows.slice(reference.nTrain);
  const part = { regressor: model.fit(x.take(train), y.take(train)) };
  const scores = scoresOfBand(bandOf(part, score, x.take(test)), y.take(test).values);
  return new FittedConformalRegressor(part.regressor, [{ ...part, scores }], score);
}

describe('intervals agree with MAPIE', () => {
  const cross = (nSplits: number) =>
    new ConformalRegressor({ regressor, method: 'cross', cv: new KFold({ nSplits }) }).fit(x, y);
  it.each<[Case, () => FittedConformalRegressor]>([
    ['split', () => splitOf(regressor, 'absolute')],
    ['quantile', () => splitOf(new BandRegressor(2, 3, 4), 'quantile')],
    ['cross', () => cross(5)],
    ['jackknife', () => cross(60)],
  ])('%s', (name, fit) => {
    const model = fit();
    reference.levels.forEach((coverage, level) => {
      const { low, high } = model.predictInterval(fresh, { coverage });
      const expected = reference.cases[name][level];
      low.forEach((value, row) => {
        expect(value).toBeCloseTo(expected.low[row], 12);
        expect(high[row]).toBeCloseTo(expected.high[row], 12);
      });
    });
  });
});

/** Rows whose errors are larger on one side and, by `a`, in some places. */
function skewed(random: Random, n: number): { x: Table; y: TargetValues } {
  const a = Float64Array.from({ length: n }, () => random.uniform() * 4);
  const y = a.map((value) => 1 + 2 * value - (0.2 + value) * log(1 - random.uniform()));
  return { x: Table.fromColumns({ a }), y: TargetValues.from(y) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Over many sets the share of new rows inside their intervals, and the mean width of those with `a` above 3 and below 1. */
function tried(options: Partial<ConformalRegressorOptions>, coverage: number, nSets = 400) {
  const random = new Random(5);
  let inside = 0;
  const widths: { near: number[]; far: number[] } = { near: [], far: [] };
  for (let set = 0; set < nSets; set++) {
    const train = skewed(random, 59);
    const test = skewed(random, 20);
    const model = new ConformalRegressor<FittedRegressor>({ regressor, seed: set, ...options }).fit(
      train.x,
      train.y,
    );
    const { low, high } = model.predictInterval(test.x, { coverage });
    test.x.numeric('a').forEach((a, row) => {
      const value = test.y.values[row];
      if (low[row] <= value && value <= high[row]) inside++;
      if (a < 1) widths.near.push(high[row] - low[row]);
      if (a > 3) widths.far.push(high[row] - low[row]);
    });
  }
  return { share: inside / (nSets * 20), ratio: mean(widths.far) / mean(widths.near) };
}

describe('intervals have their nominal coverage, with skewed and heteroscedastic errors', () => {
  const residualRegressor = new MeanRegressor(1);
  it.each<[string, Partial<ConformalRegressorOptions>]>([
    ['split', { testSize: 19 }],
    ['a poor model', { testSize: 19, regressor: new MeanRegressor(-3) }],
    ['normalised', { testSize: 19, residualRegressor }],
    ['quantiles', { testSize: 19, regressor: new BandRegressor(2, 1, 1), score: 'quantile' }],
    ['quantiles too wide', { testSize: 19, regressor: new BandRegressor(2, 20, 30), score: 'quantile' }],
    ['cross', { method: 'cross' }],
    ['cross, normalised', { method: 'cross', residualRegressor }],
  ])('%s', (_, options) => {
    for (const coverage of [0.8, 0.9]) {
      const { share } = tried(options, coverage);
      // Of 19 held out a share of `coverage` exactly; the mean of so many sets lies within 0.015 of what is to be expected.
      expect(share).toBeGreaterThan(coverage - 0.015);
      expect(share).toBeLessThan(coverage + 0.035);
    }
  });

  it('normalised intervals are wide where errors are large', () => {
    expect(tried({ method: 'cross' }, 0.9, 20).ratio).toBeLessThan(1.1);
    expect(tried({ testSize: 19, residualRegressor }, 0.9, 20).ratio).toBeGreaterThan(1.5);
  });
});

describe('ConformalRegressor', () => {
  it('predicts like a regressor of all rows in folds, and of the training rows of a split', () => {
    const crossed = new ConformalRegressor({ regressor, method: 'cross' }).fit(x, y);
    expect(crossed.predict(fresh)).toEqual(regressor.fit(x, y).predict(fresh));
    expect(crossed.parts.map(({ scores }) => scores.length)).toEqual([12, 12, 12, 12, 12]);
    const split = new ConformalRegressor({ regressor }).fit(x, y);
    expect(split.parts).toHaveLength(1);
    expect(split.predict(fresh)).toEqual(split.parts[0].regressor.predict(fresh));
    expect(split.parts[0].scores).toHaveLength(12);
  });

  it("divides errors by the second model's prediction of them", () => {
    const model = new ConformalRegressor({ regressor, residualRegressor: new MeanRegressor(1) }).fit(x, y);
    const [{ scores, residualRegressor, leastResidual = 0 }] = model.parts;
    const sizes = residualRegressor?.predict(fresh).map((size) => Math.max(size, leastResidual));
    const { low, high } = model.predictInterval(fresh, { coverage: 0.9 });
    const predicted = model.predict(fresh);
    sizes?.forEach((size, row) => {
      expect(high[row]).toBeCloseTo(predicted[row] + size * scores[11], 12);
      expect(low[row]).toBeCloseTo(predicted[row] - size * scores[11], 12);
    });
    expect(Math.min(...(sizes ?? []))).toBeGreaterThan(0);
  });

  it.each<[string, ConformalRegressorOptions]>([
    ['split', { regressor }],
    ['cross', { regressor, method: 'cross', cv: 3 }],
    ['normalised', { regressor, residualRegressor: new MeanRegressor(1), method: 'cross', cv: 3 }],
  ])('is restored from a model file: %s', async (_, options) => {
    const model = new Pipeline([new StandardScaler()], new ConformalRegressor(options)).fit(x, y);
    const classes = [ConformalRegressor, MeanRegressor, StandardScaler];
    const loaded = await parseModel(await serializeModel(model), classes, 'regressor');
    expect(loaded.model.state).toEqual(model.state);
    const restored = (loaded.model as typeof model).model;
    expect(restored.predictInterval(fresh)).toEqual(model.model.predictInterval(fresh));
  });

  it('is reproducible by its seed', () => {
    const fit = (seed: number) => new ConformalRegressor({ regressor, seed }).fit(x, y).state;
    expect(fit(1)).toEqual(fit(1));
    expect(fit(1)).not.toEqual(fit(2));
  });

  it.each<[string, () => unknown, string]>([
    [
      'weights',
      () => new ConformalRegressor({ regressor }).fit(x, y, { sampleWeight: reference.y }),
      'sampleWeight: expected none',
    ],
    [
      'a coverage that is too high',
      () => new ConformalRegressor({ regressor }).fit(x, y).predictInterval(x, { coverage: 0.95 }),
      'coverage: expected at most 0.9230769230769231 with 12 rows held out, got 0.95',
    ],
    [
      'no coverage',
      () => new ConformalRegressor({ regressor }).fit(x, y).predictInterval(x, { coverage: 1 }),
      'coverage: expected',
    ],
    [
      'no quantiles',
      () => new ConformalRegressor({ regressor, score: 'quantile' }).fit(x, y),
      "regressor: expected one that predicts two or more quantiles for the score 'quantile', got MeanRegressor",
    ],
    [
      'repeated folds',
      () =>
        new ConformalRegressor({
          regressor,
          method: 'cross',
          cv: new Repeated(new KFold(), { nRepeats: 2 }),
        }).fit(x, y),
      'cv: expected splits that test each row once, but row 0 is tested 2 times',
    ],
    [
      'folds of a split',
      () => new ConformalRegressor({ regressor, cv: 5 }),
      "cv: expected nothing with the method 'split'",
    ],
    [
      'one fold',
      () => new ConformalRegressor({ regressor, method: 'cross', cv: 1 }),
      'cv: expected a splitter, or a number of folds of at least 2, got 1',
    ],
    [
      'a fitted regressor',
      () => new ConformalRegressor({ regressor: regressor.fit(x, y) as never }),
      'regressor: expected an unfitted regressor',
    ],
    [
      'too few rows',
      () => new ConformalRegressor({ regressor }).fit(x.take([0]), y.take([0])),
      'testSize: expected',
    ],
    [
      'text',
      () => new ConformalRegressor({ regressor }).fit(x, ['a'] as never),
      'row 0: expected a finite number',
    ],
  ])('rejects %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
