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

describe.each([{ groupBy: 'group' }, { addIndicator: true }, { groupBy: 'group', addIndicator: true }])(
  'with %j',
  (options) => {
    const grouped = x.with({ group: ['p', null, 'p', 'q', 'q'] });
    const transformer = new MedianImputer(options);
    it.each(transformerConformance({ transformer, restorable: MedianImputer, x: grouped, needs: 'a' }))(
      '$name',
      ({ run }) => run(),
    );
  },
);

it('imputes with the middle value, or the mean of the middle two', () => {
  const { fitted, output } = new MedianImputer().fitTransform(x);
  expect(fitted.state).toEqual({ medians: { a: 3, constant: 2 } });
  expect(output.numeric('a')).toEqual(Float64Array.of(4, 1, 3, 2, 10));
  expect(output.column('constant')).toEqual(x.column('constant'));
  expect(fitted.describe()).toBe('MedianImputer: medians "a" 3, "constant" 2');
});

it('leaves an empty column unchanged, and rejects an invalid state', () => {
  const fitted = new MedianImputer().fit(Table.fromColumns({ a: [null, null] }));
  expect(fitted.state).toEqual({ medians: { a: null } });
  expect(fitted.transform(Table.fromColumns({ a: [5, null] })).numeric('a')).toEqual(Float64Array.of(5, NaN));
  const text = { medians: { a: 'x' } };
  expect(() => MedianImputer.restore(new StateReader('MedianImputer', text))).toThrow('medians');
});

it.each(scalerCases('MedianImputer'))('agrees with scikit-learn: $column', ({ column, expected }) => {
  expectSameAsScikitLearn(new MedianImputer(), column, expected);
});

it('imputes with the median of the same group', () => {
  const table = Table.fromColumns({
    a: [1, 9, 2, null, 40, null, 50, null],
    kind: ['p', 'p', 'p', 'p', 'q', 'q', 'q', null],
  });
  const { fitted, output } = new MedianImputer({ groupBy: 'kind' }).fitTransform(table);
  expect(fitted.state).toEqual({
    medians: { a: 9 },
    groups: { column: 'kind', values: { a: { p: 2, q: 45 } } },
  });
  expect(output.numeric('a')).toEqual(Float64Array.of(1, 9, 2, 2, 40, 45, 50, 9));
});

it.each([
  { columns: ['nowhere'], code: 'column-name', message: 'column "nowhere" is missing' },
  { columns: ['kind'], code: 'column-kind', message: 'column "kind": expected numbers' },
])('reports invalid columns: $columns', ({ columns, code, message }) => {
  const fit = () => new MedianImputer({ columns }).fit(x);
  expect(fit).toThrow(message);
  expect(fit).toThrow(expect.objectContaining({ code }));
});

it.each([
  { a: [-1.5e308, 1.5e308], expected: 0 },
  { a: [1.6e308, 1.6e308], expected: 1.6e308 },
  { a: [5e-324, 5e-324], expected: 5e-324 },
])('has a finite median of $a', ({ a, expected }) => {
  expect(new MedianImputer().fit(Table.fromColumns({ a })).state.medians).toEqual({ a: expected });
});
