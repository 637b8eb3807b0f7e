import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose, reference, referenceTable } from '../test/reference';
import { refusedStates } from '../test/refused-states';
import { PowerTransformer } from './power-transformer';

const x = Table.fromColumns({ a: [1, 2, null, 30], b: [-4, 0, 1, 2], kind: ['p', null, 'q', 'p'] });

describe.each([{ standardize: false }, { standardize: true }])('with %o', (options) => {
  const transformer = new PowerTransformer(options);
  it.each(transformerConformance({ transformer, restorable: PowerTransformer, x, needs: 'a' }))(
    '$name',
    ({ run }) => run(),
  );
});

const exact = Object.entries(reference.columns).filter(
  ([name]) => !['offset', 'huge', 'tiny'].includes(name),
);

it.each(exact)('agrees with scikit-learn: %s', (name, figures) => {
  const { output, fitted } = new PowerTransformer({ columns: [name] }).fitTransform(referenceTable);
  expectClose(fitted.state.lambdas[name], figures.lambda, 1e-6);
  figures.powered.forEach((expected, row) => {
    expectClose(output.numeric(name)[row], expected, 1e-6);
  });
});

it('standardises the result if requested', () => {
  const transformer = new PowerTransformer({ columns: ['skewed'], standardize: true });
  const { output, fitted } = transformer.fitTransform(referenceTable);
  expect(Object.keys(fitted.state.scaler?.means ?? {})).toEqual(['skewed']);
  reference.columns.skewed.powered_and_scaled.forEach((expected, row) => {
    expect(output.numeric('skewed')[row]).toBeCloseTo(expected, 6);
  });
});

it('leaves constant and empty columns unchanged', () => {
  const table = Table.fromColumns({ constant: [7, 7, null], empty: [null, null, null] });
  const { output, fitted } = new PowerTransformer().fitTransform(table);
  expect(fitted.state).toEqual({
    method: 'yeo-johnson',
    lambdas: { constant: 1, empty: null },
    scaler: null,
  });
  expect(output.toRows()).toEqual(table.toRows());
});

it('returns the largest number for an extreme value', () => {
  const fitted = new PowerTransformer().fit(Table.fromColumns({ a: [-30, 1, 2, 3, 3.5] }));
  expect(fitted.state.lambdas.a).toBeGreaterThan(1.1);
  expect(fitted.transform(Table.fromColumns({ a: [1e308] })).numeric('a')).toEqual(
    Float64Array.of(Number.MAX_VALUE),
  );
});

it('rejects invalid parameters and states', () => {
  expect(() => new PowerTransformer({ method: 'cube' as 'yeo-johnson' })).toThrow(
    'method: expected one of yeo-johnson, box-cox, got "cube"',
  );
  expect(() => new PowerTransformer({ standardize: 1 as unknown as boolean })).toThrow('standardize');
  const state = { method: 'cube', lambdas: {}, scaler: null };
  expect(() => PowerTransformer.restore(new StateReader('PowerTransformer', state))).toThrow(
    expect.objectContaining({ code: 'model-file' }),
  );
});

it('is inverted', () => {
  for (const method of ['yeo-johnson', 'box-cox'] as const) {
    const positive = Table.fromColumns({ a: [0.5, 1, 2, 30] });
    const { fitted, output } = new PowerTransformer({ method, standardize: true }).fitTransform(positive);
    fitted
      .inverseTransform(output)
      .numeric('a')
      .forEach((value, row) => {
        expect(value).toBeCloseTo(positive.numeric('a')[row], 9);
      });
  }
});

it('rejects non-positive values with Box-Cox', () => {
  expect(() => new PowerTransformer({ method: 'box-cox', columns: ['b'] }).fit(x)).toThrow(/"b"/);
});

it.each([
  ['years', [1990, 1991, 1992, 1995, 2020, 2021]],
  ['large and close values', [1e6, 1e6 + 1, 1e6 + 3, 1e6 + 100]],
  ['inverses of years', [1 / 1990, 1 / 1991, 1 / 1992, 1 / 1995, 1 / 2020, 1 / 2021]],
  ['nearly 0', [1e-308, 3e-308, 2e-308, 9e-308, 1e-307]],
])('distinguishes values by Box-Cox that scikit-learn rounds to a constant: %s', (_, values) => {
  const { fitted, output } = new PowerTransformer({ method: 'box-cox' }).fitTransform(
    Table.fromColumns({ a: values }),
  );
  const inOrder = (numbers: ArrayLike<number>) =>
    Array.from(numbers, (_, row) => row).sort((one, other) => numbers[one] - numbers[other]);
  expect(inOrder(output.numeric('a'))).toEqual(inOrder(values));
  expect(new Set(output.numeric('a')).size).toBe(values.length);
  fitted
    .inverseTransform(output)
    .numeric('a')
    .forEach((value, row) => {
      expect(Math.abs(value / values[row] - 1)).toBeLessThan(1e-6);
    });
});

it.each(
  refusedStates(
    PowerTransformer,
    { method: 'box-cox', lambdas: { a: 1, b: null }, scaler: null },
    { method: ['cube'], lambdas: [{ a: '1' }] },
  ),
)('$name', ({ run }) => run());
