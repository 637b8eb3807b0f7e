import { type FittedClassifier, Labels, Pipeline, Random, Table, takeRows } from '@churn/core';
import { snapshot } from '@churn/core/testing';
import fc from 'fast-check';
import data from '../test/reference/scikit_learn.json';
import { LogisticRegression } from './linear/logistic-regression.js';
import { permutationImportance } from './permutation-importance.js';

/** The share of rows whose likeliest class is their own. */
function accuracy(labels: Labels, probabilities: Float64Array[]): number {
  const right = labels.codes.filter((code, row) =>
    probabilities.every((column, k) => k === code || column[row] < probabilities[code][row]),
  );
  return right.length / labels.length;
}

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
  it('is the drop of the score when a column is put in another order, of numbers as of categories', () => {
    const [numbers, letters, unused] = permutationImportance(rule, x, y, {
      scoring: accuracy,
      nRepeats: 4,
      seed: 3,
    });
    for (const { feature, mean, std, drops } of [numbers, letters]) {
      const expected = [0, 1, 2, 3].map((repeat) => {
        const order = new Random(3, 'permutationImportance', feature, repeat).permutation(6);
        const table = x.with([[feature, takeRows(x.column(feature), order)]]);
        return 1 - accuracy(Labels.from(y), rule.predictProba(table));
      });
      expect(drops).toEqual(expected);
      expect(mean).toBeCloseTo(expected.reduce((a, b) => a + b) / 4, 15);
      expect(std).toBeCloseTo(Math.sqrt(expected.reduce((a, b) => a + (b - mean) ** 2, 0) / 4), 15);
    }
    expect(numbers.mean).toBeGreaterThan(0);
    expect(letters.mean).toBeGreaterThan(0);
    expect(unused).toEqual({ feature: 'unused', mean: 0, std: 0, drops: [0, 0, 0, 0] });
  });

  it('by hand: two rows are either left as they are or swapped, which turns a perfect model into a wrong one', () => {
    const two = Table.fromColumns({ a: [-1, 1] });
    const model = new LogisticRegression().fit(two, [0, 1]);
    const [{ drops, mean, std }] = permutationImportance(model, two, [0, 1], {
      scoring: accuracy,
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
    permutationImportance(rule, x, y, { scoring: accuracy });
    expect(snapshot(x)).toBe(before);
  });

  it('does not depend on the order of the columns, and on the seed it does', () => {
    const table = Table.fromMatrix(data.data[0].x);
    const model = new LogisticRegression().fit(table, data.data[0].y);
    const scoring = (labels: Labels, [, p]: Float64Array[]) =>
      -labels.codes.reduce((sum, code, row) => sum + (code - p[row]) ** 2, 0);
    const of = (rows: Table, seed = 0) =>
      permutationImportance(model, rows, data.data[0].y, { scoring, seed });
    expect(of(table.select([...table.names].reverse()))).toEqual(of(table));
    expect(of(table, 1)).not.toEqual(of(table));
    expect(of(table).map(({ feature }) => feature)).toEqual(table.names);
    const pipeline = new Pipeline([], new LogisticRegression()).fit(table, data.data[0].y);
    expect(permutationImportance(pipeline, table, data.data[0].y, { scoring })).toEqual(of(table));
  });

  it('gives the labels in the order of the classes of the model', () => {
    const turned = Labels.from(y, ['yes', 'no']);
    const options = { scoring: accuracy, seed: 1 };
    expect(permutationImportance(rule, x, turned, options)).toEqual(
      permutationImportance(rule, x, y, options),
    );
  });

  it('is 0 where the score does not depend on the probabilities', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer(), (nRows, seed) => {
        const rows = x.take(Int32Array.from({ length: nRows }, (_, row) => row));
        const result = permutationImportance(rule, rows, y.slice(0, nRows), {
          scoring: () => 7,
          nRepeats: 2,
          seed,
        });
        expect(result.every(({ mean, std }) => mean === 0 && std === 0)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('takes columns named like parts of an object', () => {
    const table = Table.fromColumns([['__proto__', [-1, -2, 1, 2]]]);
    const model = new LogisticRegression().fit(table, [0, 0, 1, 1]);
    const [{ feature, mean }] = permutationImportance(model, table, [0, 0, 1, 1], {
      scoring: accuracy,
      nRepeats: 20,
    });
    expect(feature).toBe('__proto__');
    expect(mean).toBeGreaterThan(0);
  });

  it.each<[object, string, string]>([
    [{ nRepeats: 0 }, 'invalid-parameter', 'nRepeats: expected a whole number from 1, got 0'],
    [{ seed: NaN }, 'invalid-parameter', 'seed: expected a number, got NaN'],
    [{ scoring: 'accuracy' }, 'invalid-parameter', 'scoring: expected a function, got "accuracy"'],
    [
      { scoring: () => NaN },
      'invalid-parameter',
      'scoring: expected a function that gives a finite number, got NaN',
    ],
  ])('refuses %j', (options, code, message) => {
    expect(() => permutationImportance(rule, x, y, { scoring: accuracy, ...options })).toThrow(
      expect.objectContaining({ code, message }),
    );
  });

  it('refuses labels that are not of the model, of another number, and no rows', () => {
    const options = { scoring: accuracy };
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
