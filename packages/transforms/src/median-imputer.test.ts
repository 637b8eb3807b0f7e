import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectSameAsScikitLearn, scalerCases } from '../test/scalers';
import { MedianImputer } from './median-imputer';

const x = Table.fromColumns({
  a: [4, 1, null, 2, 10],
  constant: [2, 2, 2, 2, 2],
  kind: ['p', 'q', null, 'p', 'q'],
});

it.each(
  transformerConformance({ transformer: new MedianImputer(), restorable: MedianImputer, x, needs: 'a' }),
)('$name', ({ run }) => run());

it('fills with the middle value, of an even number with the mean of the middle two', () => {
  const { fitted, output } = new MedianImputer().fitTransform(x);
  expect(fitted.state).toEqual({ medians: { a: 3, constant: 2 } });
  expect(output.numeric('a')).toEqual(Float64Array.of(4, 1, 3, 2, 10));
  expect(output.column('constant')).toEqual(x.column('constant'));
  expect(fitted.describe()).toBe('MedianImputer: medians "a" 3, "constant" 2');
});

it('leaves a column that had no value, and refuses a state that is not its own', () => {
  const fitted = new MedianImputer().fit(Table.fromColumns({ a: [null, null] }));
  expect(fitted.state).toEqual({ medians: { a: null } });
  expect(fitted.transform(Table.fromColumns({ a: [5, null] })).numeric('a')).toEqual(Float64Array.of(5, NaN));
  const text = { medians: { a: 'x' } };
  expect(() => MedianImputer.restore(new StateReader('MedianImputer', text))).toThrow('medians');
});

it.each(scalerCases('MedianImputer'))('agrees with scikit-learn: $column', ({ column, expected }) => {
  expectSameAsScikitLearn(new MedianImputer(), column, expected);
});
