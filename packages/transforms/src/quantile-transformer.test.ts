import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import fc from 'fast-check';
import { refusedStates } from '../test/refused-states';
import { type OutputDistribution, QuantileTransformer } from './quantile-transformer';

interface Reference {
  columns: Record<string, (number | null)[]>;
  new: number[];
  cases: {
    column: string;
    outputDistribution: OutputDistribution;
    nQuantiles: number;
    transformed: (number | null)[];
    new: number[];
    inverse: (number | null)[];
  }[];
}

const path = join(__dirname, '../test/reference/quantiles.json');
const reference: Reference = JSON.parse(readFileSync(path, 'utf8'));

const x = Table.fromColumns({ a: [3, 1, null, 2], kind: ['p', 'q', null, 'p'] });

describe.each(['uniform', 'normal'] as const)('with %s output', (outputDistribution) => {
  const transformer = new QuantileTransformer({ outputDistribution });
  it.each(transformerConformance({ transformer, restorable: QuantileTransformer, x, needs: 'a' }))(
    '$name',
    ({ run }) => run(),
  );
});

it('returns the share of values below, and clips values beyond those of fit', () => {
  const { fitted, output } = new QuantileTransformer({ nQuantiles: 3 }).fitTransform(x);
  expect(output.numeric('a')).toEqual(Float64Array.of(1, 0, NaN, 0.5));
  expect(fitted.transform(Table.fromColumns({ a: [-9, 1.5, 9] })).numeric('a')).toEqual(
    Float64Array.of(0, 0.25, 1),
  );
});

it.each(reference.cases)('agrees with scikit-learn: $column, $outputDistribution, $nQuantiles', (figures) => {
  const { column, outputDistribution, nQuantiles } = figures;
  const table = Table.fromColumns({ a: reference.columns[column] });
  const { fitted, output } = new QuantileTransformer({ outputDistribution, nQuantiles }).fitTransform(table);
  expectClose(output.numeric('a'), figures.transformed);
  expectClose(fitted.transform(Table.fromColumns({ a: reference.new })).numeric('a'), figures.new);
  expectClose(fitted.inverseTransform(output).numeric('a'), figures.inverse);
});

it('is inverted between the minimum and maximum of fit', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2 }), (values) => {
      const table = Table.fromColumns({ a: values });
      const { fitted, output } = new QuantileTransformer().fitTransform(table);
      fitted
        .inverseTransform(output)
        .numeric('a')
        .forEach((value, row) => {
          expect(Math.abs(value - values[row])).toBeLessThan(1e-6);
        });
    }),
  );
});

it('does not depend on the order of the rows', () => {
  const values = reference.columns.normal;
  const state = (order: typeof values) =>
    new QuantileTransformer().fit(Table.fromColumns({ a: order })).state;
  expect(state([...values].reverse())).toEqual(state(values));
});

it('rejects invalid parameters, tables without rows and invalid states', () => {
  expect(() => new QuantileTransformer({ nQuantiles: 1 })).toThrow(
    'nQuantiles: expected an integer of at least 2, got 1',
  );
  expect(() => new QuantileTransformer({ outputDistribution: 'flat' as 'normal' })).toThrow(
    'outputDistribution',
  );
  expect(() => new QuantileTransformer().fit(x.take([]))).toThrow('no rows');
  const falling = { outputDistribution: 'uniform', quantiles: { a: [2, 1] } };
  expect(() => QuantileTransformer.restore(new StateReader('QuantileTransformer', falling))).toThrow(
    'quantiles',
  );
});

it('describes itself by its columns', () => {
  expect(new QuantileTransformer().fit(x).describe()).toBe(
    'QuantileTransformer: outputDistribution "uniform"; columns "a"',
  );
});

/** Equal to 1e-9 of the larger of the value and the smallest share that tells. */
function expectClose(received: Float64Array, expected: readonly (number | null)[]) {
  expected.forEach((value, row) => {
    if (value === null) expect(received[row]).toBeNaN();
    else expect(Math.abs(received[row] - value)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(value), 1e-12));
  });
}

it('interpolates between opposite huge values', () => {
  const wide = Table.fromColumns({ a: [-(2 ** 1023), 2 ** 1023] });
  const { fitted, output } = new QuantileTransformer().fitTransform(wide);
  expect(output.numeric('a')).toEqual(Float64Array.of(0, 1));
  const shares = fitted.transform(Table.fromColumns({ a: [-(2 ** 1022), 0, 2 ** 1022] }));
  expect(shares.numeric('a')).toEqual(Float64Array.of(0.25, 0.5, 0.75));
  expect(fitted.inverseTransform(shares).numeric('a')).toEqual(Float64Array.of(-(2 ** 1022), 0, 2 ** 1022));
});

it('fits one row, however large, like scikit-learn', () => {
  for (const value of [1, 1e12, Number.MAX_VALUE]) {
    const one = Table.fromColumns({ a: [value] });
    const { fitted, output } = new QuantileTransformer({ outputDistribution: 'normal' }).fitTransform(one);
    expect(output.numeric('a')[0]).toBeCloseTo(-5.19933758, 8);
    const anywhere = Table.fromColumns({ a: [-6, 0, 6] });
    expect(fitted.inverseTransform(anywhere).numeric('a')).toEqual(Float64Array.of(value, value, value));
  }
});

it.each(
  refusedStates(
    QuantileTransformer,
    { outputDistribution: 'normal', quantiles: { a: [1, 2, 2], b: null } },
    {
      outputDistribution: ['flat'],
      quantiles: [{ a: [] }, { a: [1, '2'] }, { a: ['x'] }, { a: 1 }, { a: [1, 3, 2] }],
    },
  ),
)('$name', ({ run }) => run());
