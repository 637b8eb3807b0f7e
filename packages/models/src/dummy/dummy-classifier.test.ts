import { Labels, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import fc from 'fast-check';
import { DummyClassifier, type DummyClassifierOptions, type DummyStrategy } from './dummy-classifier.js';

const x = Table.fromColumns({ a: [1, 2, 3, 4, 5, 6, 7, 8], b: [1, 0, 1, 0, 1, 0, 1, 0] });
const y = ['no', 'yes', 'yes', 'no', 'yes', 'yes', 'no', 'yes'];

describe.each<DummyClassifierOptions>([
  {},
  { strategy: 'mostFrequent' },
  { strategy: 'stratified', seed: 3 },
])('DummyClassifier with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new DummyClassifier(options),
      restorable: DummyClassifier,
      x,
      y,
      takesCategories: true,
    }),
  )('$name', ({ run }) => run());
});

describe.each<DummyClassifierOptions>([{ strategy: 'uniform' }, { strategy: 'constant', constant: 'no' }])(
  'DummyClassifier with %j',
  (options) => {
    const checks = classifierConformance({
      classifier: new DummyClassifier(options),
      restorable: DummyClassifier,
      x,
      y: [...y.slice(0, 7), 'no'],
      takesCategories: true,
    });
    // By definition, these two ignore the weights of rows.
    it.each(checks.filter(({ name }) => !name.endsWith('and uses others')))('$name', ({ run }) => run());

    it('does not change with the weights', () => {
      const model = new DummyClassifier(options);
      const weighted = model.fit(x, y, { sampleWeight: [9, 1, 1, 9, 1, 1, 9, 1] });
      expect(weighted.predictProba(x)).toEqual(model.fit(x, y).predictProba(x));
      expect(weighted.predict(x)).toEqual(model.fit(x, y).predict(x));
    });
  },
);

describe('DummyClassifier', () => {
  const row = x.take([0]);
  const first = (strategy: DummyStrategy) =>
    new DummyClassifier({ strategy, constant: 'no' })
      .fit(x, y)
      .predictProba(row)
      .map(([p]) => p);

  it('predicts the shares, one class or equal probabilities', () => {
    expect(first('prior')).toEqual([3 / 8, 5 / 8]);
    expect(first('mostFrequent')).toEqual([0, 1]);
    expect(first('uniform')).toEqual([0.5, 0.5]);
    expect(first('constant')).toEqual([1, 0]);
  });

  it('predicts the class of largest weight, the first of ties', () => {
    const predict = (sampleWeight?: number[]) =>
      new DummyClassifier().fit(x, y, { sampleWeight }).predict(row);
    expect(predict()).toEqual(['yes']);
    expect(predict([2, 1, 1, 2, 1, 1, 2, 1])).toEqual(['no']);
    expect(predict([5, 1, 1, 0, 1, 1, 0, 1])).toEqual(['no']);
    expect(predict([4, 1, 1, 0, 1, 1, 0, 1])).toEqual(['yes']);
  });

  it('learns the weighted shares of more than two classes, one of them without rows', () => {
    const labels = Labels.from(['a', 'b', 'b', 'c'], ['c', 'none', 'b', 'a']);
    const { state } = new DummyClassifier().fit(x.take([0, 1, 2, 3]), labels, { sampleWeight: [1, 2, 3, 4] });
    expect(state).toMatchObject({ classes: ['c', 'none', 'b', 'a'], shares: [0.4, 0, 0.5, 0.1], chosen: 2 });
  });

  it.each<DummyStrategy>(['stratified', 'uniform'])('%s: draws depend only on the row number', (strategy) => {
    const model = new DummyClassifier({ strategy, seed: 5 }).fit(x, y);
    const long = x.take(Array.from({ length: 200 }, (_, i) => i % 8));
    const whole = model.predict(long);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (n) => {
        expect(model.predict(long.take(Array.from({ length: n }, () => 3)))).toEqual(whole.slice(0, n));
      }),
    );
    const other = new DummyClassifier({ strategy, seed: 6 }).fit(x, y).predict(long);
    expect(other).not.toEqual(whole);
  });

  it('draws classes by their shares', () => {
    const long = x.take(new Int32Array(20_000));
    const count = (strategy: DummyStrategy, label: string) =>
      new DummyClassifier({ strategy })
        .fit(x, y)
        .predict(long)
        .filter((received) => received === label).length;
    // Five standard deviations of the binomial distribution; the draws are fixed by the seed.
    expect(Math.abs(count('stratified', 'yes') - 12_500)).toBeLessThan(5 * Math.sqrt(20_000 * (15 / 64)));
    expect(Math.abs(count('uniform', 'yes') - 10_000)).toBeLessThan(5 * Math.sqrt(5_000));
  });

  it('never draws a class without weight', () => {
    const labels = Labels.from(['a', 'b', 'b', 'c'], ['none', 'a', 'b', 'c']);
    const model = new DummyClassifier({ strategy: 'stratified' }).fit(x.take([0, 1, 2, 3]), labels, {
      sampleWeight: [1, 1, 1, 0],
    });
    expect(new Set(model.predict(x.take(new Int32Array(500))))).toEqual(new Set(['a', 'b']));
  });

  it('has probabilities that agree with predict if it draws by shares', () => {
    const model = new DummyClassifier({ strategy: 'stratified', seed: 1 }).fit(x, y);
    const [, yes] = model.predictProba(x);
    expect(model.predict(x)).toEqual(Array.from(yes, (p) => (p === 1 ? 'yes' : 'no')));
  });

  it('accepts any columns, with missing values and arbitrary names', () => {
    const odd = Table.fromColumns([
      ['__proto__', [1, null]],
      ['constructor', ['a', null]],
    ]);
    const model = new DummyClassifier().fit(odd, [true, false]);
    expect(model.features).toEqual(['__proto__', 'constructor']);
    expect(model.predict(odd)).toEqual([false, false]);
  });

  it.each<[DummyClassifierOptions, string]>([
    [{ strategy: 'most_frequent' as 'prior' }, 'strategy: expected one of'],
    [{ strategy: 'constant' }, 'constant: expected the class to predict, got undefined'],
    [{ seed: NaN }, 'seed: expected a number, got NaN'],
  ])('rejects %j', (options, message) => {
    expect(() => new DummyClassifier(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it('rejects an unknown constant class', () => {
    const model = new DummyClassifier({ strategy: 'constant', constant: 1 });
    expect(() => model.fit(x, y)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'constant: expected one of the classes ["no","yes"], got 1',
      }),
    );
  });

  it.each([
    { shares: [1] },
    { shares: [-1e308, 0.5] },
    { shares: [0.5, 0.6] },
    { classes: ['no', 'no'] },
    { classes: ['no'], shares: [1] },
    { chosen: -1 },
    { chosen: 2 },
    { chosen: 0.5 },
    { strategy: 'other' },
    { schema: [{ name: 'a' }] },
    { schema: ['numeric', 'category'].map((kind) => ({ name: 'a', kind })) },
  ])('does not restore a state with %j', (change) => {
    const state = { ...new DummyClassifier().fit(x, y).state, ...change };
    expect(() => DummyClassifier.restore(new StateReader('DummyClassifier', state))).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });
});
