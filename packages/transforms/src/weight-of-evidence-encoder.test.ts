import { Labels, Random, stratifiedFolds, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose } from '../test/reference';
import reference from '../test/reference/categories.json';
import { refusedStates } from '../test/refused-states';
import { WeightOfEvidenceEncoder } from './weight-of-evidence-encoder';

const x = Table.fromColumns({
  age: [1, 2, 3, 4, 5, 6],
  gender: ['F', 'F', 'F', 'M', null, 'M'],
});
const y = ['stay', 'churn', 'stay', 'churn', 'churn', 'churn'];
const labels = Labels.from(y, ['stay', 'churn']);

it.each(
  transformerConformance({
    transformer: new WeightOfEvidenceEncoder(),
    restorable: WeightOfEvidenceEncoder,
    x,
    y: labels,
    needs: 'gender',
  }),
)('$name', ({ run }) => run());

it('learns the weight of evidence of each level', () => {
  const fitted = new WeightOfEvidenceEncoder().fit(x, labels);
  const { F, M } = fitted.state.weights.gender;
  expectClose(F, Math.log((1 + 1) / (4 + 2) / ((2 + 1) / (2 + 2))), 1e-14);
  expectClose(M, Math.log((2 + 1) / (4 + 2) / ((0 + 1) / (2 + 2))), 1e-14);
  const output = fitted.transform(Table.fromColumns({ gender: ['new', null, 'M'] }));
  expect(output.numeric('gender')).toEqual(Float64Array.of(0, 0, M));
  expect(fitted.describe()).toBe('WeightOfEvidenceEncoder: gender (2 levels); for churn');
});

it('encodes each training row by a fit on the other folds', () => {
  const random = new Random(3);
  const levels = Array.from({ length: 120 }, () => `level ${random.int(8)}`);
  const target = Labels.from(Array.from({ length: 120 }, () => random.int(2)));
  const table = Table.fromColumns({ levels });
  const { output } = new WeightOfEvidenceEncoder({ folds: 3, seed: 9 }).fitTransform(table, target);
  const folds = stratifiedFolds(target, 3, new Random(9).stream('WeightOfEvidenceEncoder'));
  const rows = Int32Array.from(folds.keys());
  for (let fold = 0; fold < 3; fold++) {
    const others = rows.filter((row) => folds[row] !== fold);
    const inside = rows.filter((row) => folds[row] === fold);
    const fitted = new WeightOfEvidenceEncoder().fit(table.take(others), target.take(others));
    const expected = fitted.transform(table.take(inside)).numeric('levels');
    inside.forEach((row, i) => {
      expectClose(output.numeric('levels')[row], expected[i], 1e-14);
    });
  }
});

it.each(Object.entries(reference.categories))('agrees with category_encoders on %s', (_, { values, woe }) => {
  const table = Table.fromColumns({ values });
  for (const { regularization, numbers } of woe) {
    const encoder = new WeightOfEvidenceEncoder({ regularization });
    const { weights } = encoder.fit(table, reference.labels.two).state;
    for (const [level, weight] of Object.entries(numbers)) {
      // Near balance the logarithm is of a rounded 1.
      if (Math.abs(weight) < 1e-12) expect(Math.abs(weights.values[level])).toBeLessThan(1e-12);
      else expectClose(weights.values[level], weight);
    }
  }
});

it('rejects other than two classes, and missing labels', () => {
  const encoder = new WeightOfEvidenceEncoder();
  expect(() => encoder.fit(x, [0, 1, 2, 0, 1, 2])).toThrow('expects two classes, got 3 (0, 1, 2)');
  expect(() => encoder.fit(x, undefined as unknown as string[])).toThrow('expected y, got none');
});

it.each([
  { options: { regularization: 0 }, message: 'regularization: expected a number above 0, got 0' },
  { options: { folds: 1 }, message: 'folds: expected an integer of at least 2, got 1' },
  { options: { seed: NaN }, message: 'seed: expected a number, got NaN' },
])('rejects $options', ({ options, message }) => {
  expect(() => new WeightOfEvidenceEncoder(options)).toThrow(message);
});

it.each(
  refusedStates(
    WeightOfEvidenceEncoder,
    { positive: 'yes', weights: { a: { b: 1 } } },
    { positive: [null, ['yes']], weights: [{ a: 1 }, { a: { b: '1' } }] },
  ),
)('$name', ({ run }) => run());

it('describes itself without columns, and rejects a fractional fold', () => {
  const fitted = new WeightOfEvidenceEncoder({ columns: [] }).fit(x, labels);
  expect(fitted.describe()).toBe('WeightOfEvidenceEncoder: no columns; for churn');
  expect(() => new WeightOfEvidenceEncoder({ folds: 2.5 })).toThrow('folds: expected an integer');
  expect(() => new WeightOfEvidenceEncoder({ regularization: NaN })).toThrow('regularization: expected');
  expect(new WeightOfEvidenceEncoder({ folds: 2 }).folds).toBe(2);
});
