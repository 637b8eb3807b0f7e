import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { expectSameAsScikitLearn, expectValuesBack, scalerCases } from '../test/scalers';
import { MaxAbsScaler } from './max-abs-scaler';

const x = Table.fromColumns({
  a: [4, -8, null, 2, 0],
  constant: [2, 2, 2, 2, 2],
  kind: ['p', 'q', null, 'p', 'q'],
});

it.each(transformerConformance({ transformer: new MaxAbsScaler(), restorable: MaxAbsScaler, x, needs: 'a' }))(
  '$name',
  ({ run }) => run(),
);

it('divides by the largest absolute value', () => {
  const { fitted, output } = new MaxAbsScaler().fitTransform(x);
  expect(output.numeric('a')).toEqual(Float64Array.of(0.5, -1, NaN, 0.25, 0));
  expect(fitted.describe()).toBe('MaxAbsScaler: columns "a", "constant"');
});

it('leaves a column of zeros unchanged', () => {
  const zeros = Table.fromColumns({ a: [0, 0] });
  expect(new MaxAbsScaler().fitTransform(zeros).output.numeric('a')).toEqual(Float64Array.of(0, 0));
});

it.each(scalerCases('MaxAbsScaler'))('agrees with scikit-learn: $column', ({ column, expected }) => {
  expectSameAsScikitLearn(new MaxAbsScaler(), column, expected);
});

it('is inverted', () => {
  expectValuesBack(new MaxAbsScaler());
});

it('leaves an empty column unchanged, and rejects an invalid state', () => {
  const fitted = new MaxAbsScaler().fit(Table.fromColumns({ a: [null, null] }));
  expect(fitted.transform(Table.fromColumns({ a: [5] })).numeric('a')).toEqual(Float64Array.of(5));
  const zero = { columns: { a: { center: 1, scale: 0 } }, featureRange: [0, 1], clip: false };
  expect(() => MaxAbsScaler.restore(new StateReader('MaxAbsScaler', zero))).toThrow('columns');
});

it.each(
  refusedStates(
    MaxAbsScaler,
    { columns: { a: { center: 0, scale: 2 }, b: null } },
    {
      columns: [
        { a: 2 },
        { a: { center: null, scale: 1 } },
        { a: { center: 0, scale: '1' } },
        { a: { center: 0, scale: -1 } },
      ],
    },
  ),
)('$name', ({ run }) => run());
