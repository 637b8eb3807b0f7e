import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectSameAsScikitLearn, expectValuesBack, scalerCases } from '../test/scalers';
import { RobustScaler } from './robust-scaler';

const x = Table.fromColumns({
  a: [4, 0, null, 2, 100],
  constant: [2, 2, 2, 2, 2],
  kind: ['p', 'q', null, 'p', 'q'],
});

it.each(transformerConformance({ transformer: new RobustScaler(), restorable: RobustScaler, x, needs: 'a' }))(
  '$name',
  ({ run }) => run(),
);

it('subtracts the median and divides by the interquartile range', () => {
  const { fitted, output } = new RobustScaler().fitTransform(x);
  // Of 0, 2, 4, 100: quartiles 1.5 and 28.
  expect(fitted.state.columns).toEqual({ a: { center: 3, scale: 26.5 }, constant: { center: 2, scale: 1 } });
  expect(output.numeric('a')[1]).toBe(-3 / 26.5);
  expect(fitted.describe()).toBe('RobustScaler: columns "a", "constant"');
});

it.each([[5], [null], [[75, 25]], [[-1, 50]], [[0, 101]], [[50]]])(
  'rejects the range %j',
  (quantileRange) => {
    const wrong = quantileRange as unknown as [number, number];
    expect(() => new RobustScaler({ quantileRange: wrong })).toThrow(
      'quantileRange: expected two ascending percentiles',
    );
  },
);

it.each(scalerCases('RobustScaler'))('agrees with scikit-learn: $column', ({ column, expected }) => {
  expectSameAsScikitLearn(new RobustScaler(), column, expected);
});

it.each(scalerCases('RobustScaler of 10 to 90'))(
  'agrees with scikit-learn, 10 to 90: $column',
  ({ column, expected }) => {
    expectSameAsScikitLearn(new RobustScaler({ quantileRange: [10, 90] }), column, expected);
  },
);

it('is inverted', () => {
  expectValuesBack(new RobustScaler());
});

it('leaves an empty column unchanged, and rejects an invalid state', () => {
  const fitted = new RobustScaler().fit(Table.fromColumns({ a: [null, null] }));
  expect(fitted.transform(Table.fromColumns({ a: [5] })).numeric('a')).toEqual(Float64Array.of(5));
  const zero = { columns: { a: { center: 1, scale: 0 } }, featureRange: [0, 1], clip: false };
  expect(() => RobustScaler.restore(new StateReader('RobustScaler', zero))).toThrow('columns');
});

it('rejects a range beyond the largest number', () => {
  expect(() =>
    new RobustScaler({ quantileRange: [0, 100] }).fit(Table.fromColumns({ wide: [-1.7e308, 1.7e308] })),
  ).toThrow(
    expect.objectContaining({
      code: 'invalid-data',
      message: expect.stringContaining('column "wide": the range of its values is beyond the largest number'),
    }),
  );
});

it('returns the largest number for extreme values, without overflow on the way', () => {
  const far = Table.fromColumns({ a: [0.01, 0.02, 0.03, 0.04, 1.7e308] });
  expect(new RobustScaler().fitTransform(far).output.numeric('a')[4]).toBe(Number.MAX_VALUE);
  const opposite = Table.fromColumns({ a: [-1.5e308, 1.5e308, 1.5e308] });
  const { fitted, output } = new RobustScaler().fitTransform(opposite);
  expect(output.numeric('a')).toEqual(Float64Array.of(-2, 0, 0));
  expect(fitted.inverseTransform(output).numeric('a')).toEqual(opposite.numeric('a'));
});

it.each([[[25, 25]], [['25', '75']], [[25, NaN]]])('rejects the range %j', (quantileRange) => {
  const wrong = quantileRange as unknown as [number, number];
  expect(() => new RobustScaler({ quantileRange: wrong })).toThrow('quantileRange: expected two ascending');
});
