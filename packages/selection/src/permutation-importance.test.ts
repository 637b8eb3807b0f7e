import { type FittedClassifier, Labels, Pipeline, Random, Table, takeRows } from '@churn/core';
import { snapshot } from '@churn/core/testing';
import { LogisticRegression } from '@churn/models';
import fc from 'fast-check';
import { MeanRegressor } from '../test/mean-regressor.js';
import data from '../test/reference/model_evaluation.json';
import { r2 } from './metrics/r2.js';
import { permutationImportance } from './permutation-importance.js';
import { probabilityScorer } from './scorer.js';
import { scorers } from './scorers.js';

/** Says yes with probability 1 where `numbers` is above 0 and `letters` is "a". */
const rule: FittedClassifier = {
  role: 'classifier',
  type: 'Rule',
  state: {},
  classes: ['no', 'yes'],
  features: ['numbers', 'letters', 'unused'],
  predictProba(x) {
    const { codes, levels } = x.category('letters');
    const yes = x.numeric('numbers').map((value, row) => (value > 0 && levels[codes[row]] === 'a' ? 1 : 0));
    return [yes.map((p) => 1 - p), yes];
  },
  predict: () => [],
};

const x = Table.fromColumns({
  other: [0, 0, 0, 0, 0, 0],
  unused: [1, 2, 3, 4, 5, 6],
  letters: ['a', 'a', 'b', 'a', 'b', null],
  numbers: [1, -1, 1, 2, -1, 3],
});
const y = ['yes', 'no', 'no', 'yes', 'no', 'no'];

describe('permutationImportance', () => {
  it('is the decrease of the score if a column is permuted, numeric or categorical', () => {
    const [numbers, letters, unused] = permutationImportance(rule, x, y, {
      scoring: 'accuracy',
      nRepeats: 4,
      seed: 3,
    });
    for (const { feature, mean, std, drops } of [numbers, letters]) {
      const expected = [0, 1, 2, 3].map((repeat) => {
        const order = new Random(3, 'permutationImportance', feature, repeat).permutation(6);
        const table = x.with([[feature, takeRows(x.column(feature), order)]]);
        return 1 - scorers.accuracy.score(Labels.from(y), rule.predictProba(table));
      });
      expect(drops).toEqual(expected);
      expect(mean).toBeCloseTo(expected.reduce((a, b) => a + b) / 4, 15);
      expect(std).toBeCloseTo(Math.sqrt(expected.reduce((a, b) => a + (b - mean) ** 2, 0) / 4), 15);
    }
    expect(numbers.mean).toBeGreaterThan(0);
    expect(letters.mean).toBeGreaterThan(0);
    expect(unused).toEqual({ feature: 'unused', mean: 0, std: 0, drops: [0, 0, 0, 0] });
  });

  it('agrees with two rows computed by hand: a swap makes a perfect model wrong', () => {
    const two = Table.fromColumns({ a: [-1, 1] });
    const model = new LogisticRegression().fit(two, [0, 1]);
    const [{ drops, mean, std }] = permutationImportance(model, two, [0, 1], {
      scoring: 'accuracy',
      nRepeats: 40,
    });
    const swapped = drops.filter((drop) => drop === 1).length;
    expect(drops.filter((drop) => drop === 0).length).toBe(40 - swapped);
    expect(swapped).toBeGreaterThan(5);
    expect(swapped).toBeLessThan(35);
    expect(mean).toBeCloseTo(swapped / 40, 14);
    expect(std).toBeCloseTo(Math.sqrt(mean * (1 - mean)), 14);
  });

  it('leaves the table unchanged', () => {
    const before = snapshot(x);
    permutationImportance(rule, x, y, { scoring: 'accuracy' });
    expect(snapshot(x)).toBe(before);
  });

  it('depends on the seed, but not on the order of the columns', () => {
    const table = Table.fromMatrix(data.x);
    const model = new LogisticRegression().fit(table, data.y);
    const scoring = 'brierScore';
    const of = (rows: Table, seed = 0) => permutationImportance(model, rows, data.y, { scoring, seed });
    expect(of(table.select([...table.names].reverse()))).toEqual(of(table));
    expect(of(table, 1)).not.toEqual(of(table));
    expect(of(table).map(({ feature }) => feature)).toEqual(table.names);
    expect(permutationImportance(model, table.toRows(), data.y, { scoring })).toEqual(of(table));
    const pipeline = new Pipeline([], new LogisticRegression()).fit(table, data.y);
    expect(permutationImportance(pipeline, table, data.y, { scoring })).toEqual(of(table));
  });

  it('is positive if a loss rises, or a score falls; the default is the ROC AUC', () => {
    const table = Table.fromMatrix(data.x);
    const model = new LogisticRegression().fit(table, data.y);
    for (const scoring of [undefined, 'rocAuc', 'logLoss', 'f1'] as const) {
      const [first] = permutationImportance(model, table, data.y, { scoring });
      expect(first.mean).toBeGreaterThan(0.01);
    }
    expect(permutationImportance(model, table, data.y)).toEqual(
      permutationImportance(model, table, data.y, { scoring: scorers.rocAuc }),
    );
  });

  it('is the decrease in r² for regression, and respects weights', () => {
    const a = Float64Array.from({ length: 20 }, (_, i) => (i * 7) % 13);
    const table = Table.fromColumns({ a });
    const amounts = a.map((value, i) => 2 * value + (i % 3));
    const model = new MeanRegressor(2).fit(table, amounts);
    const sampleWeight = a.map((_, i) => 1 + (i % 2));
    const options = { nRepeats: 2, seed: 1, sampleWeight };
    const [{ drops }] = permutationImportance(model, table, amounts, options);
    const expected = [0, 1].map((repeat) => {
      const order = new Random(1, 'permutationImportance', 'a', repeat).permutation(20);
      const permuted = model.predict(Table.fromColumns({ a: a.map((_, i) => a[order[i]]) }));
      return r2(amounts, model.predict(table), { sampleWeight }) - r2(amounts, permuted, { sampleWeight });
    });
    expect(drops).toEqual(expected);
  });

  it('requires the positive class if a score refers to it, and finds its column by its label', () => {
    expect(() => permutationImportance(rule, x, y, { scoring: 'f1' })).toThrow('name it: Labels.from(y, {');
    const ofNo = permutationImportance(rule, x, Labels.from(y, { positive: 'no' }), { scoring: 'f1' });
    const ofYes = permutationImportance(rule, x, Labels.from(y, { positive: 'yes' }), { scoring: 'f1' });
    expect(ofNo[0].mean).toBeGreaterThan(0);
    expect(ofNo[0].mean).toBeLessThan(ofYes[0].mean);
  });

  it("passes labels in the order of the model's classes", () => {
    const turned = Labels.from(y, ['yes', 'no']);
    const options = { scoring: 'accuracy', seed: 1 } as const;
    expect(permutationImportance(rule, x, turned, options)).toEqual(
      permutationImportance(rule, x, y, options),
    );
  });

  it('is 0 if the score does not depend on the probabilities', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer(), (nRows, seed) => {
        const rows = x.take(Int32Array.from({ length: nRows }, (_, row) => row));
        const result = permutationImportance(rule, rows, y.slice(0, nRows), {
          scoring: probabilityScorer(() => 7, { name: 'constant' }),
          nRepeats: 2,
          seed,
        });
        expect(result.every(({ mean, std }) => mean === 0 && std === 0)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('supports columns named like object properties', () => {
    const table = Table.fromColumns([['__proto__', [-1, -2, 1, 2]]]);
    const model = new LogisticRegression().fit(table, [0, 0, 1, 1]);
    const [{ feature, mean }] = permutationImportance(model, table, [0, 0, 1, 1], {
      scoring: 'accuracy',
      nRepeats: 20,
    });
    expect(feature).toBe('__proto__');
    expect(mean).toBeGreaterThan(0);
  });

  it.each<[object, string, string]>([
    [{ nRepeats: 0 }, 'invalid-parameter', 'nRepeats: expected an integer of at least 1, got 0'],
    [{ seed: NaN }, 'invalid-parameter', 'seed: expected a number, got NaN'],
    [
      { scoring: 'acuracy' },
      'invalid-parameter',
      'scoring: unknown scorer "acuracy"; did you mean accuracy?',
    ],
    [
      { scoring: probabilityScorer(() => NaN, { name: 'none' }) },
      'invalid-parameter',
      'scoring: expected a scorer that gives a finite number, got NaN',
    ],
  ])('rejects %j', (options, code, message) => {
    expect(() => permutationImportance(rule, x, y, { scoring: 'accuracy', ...options })).toThrow(
      expect.objectContaining({ code, message }),
    );
  });

  it('rejects labels unknown to the model, a different number of them, and no rows', () => {
    const options = { scoring: 'accuracy' } as const;
    expect(() => permutationImportance(rule, x, [...y.slice(0, 5), 'perhaps'], options)).toThrow(
      expect.objectContaining({ code: 'invalid-target' }),
    );
    expect(() => permutationImportance(rule, x, ['no'], options)).toThrow(
      expect.objectContaining({ code: 'invalid-data' }),
    );
    expect(() => permutationImportance(rule, x.take([]), [], options)).toThrow(
      expect.objectContaining({ code: 'invalid-data' }),
    );
    expect(() => permutationImportance(rule, x.drop(['unused']), y, options)).toThrow(
      expect.objectContaining({ code: 'column-name' }),
    );
  });
});
