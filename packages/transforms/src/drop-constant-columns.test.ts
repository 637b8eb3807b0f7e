import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { DropConstantColumns } from './drop-constant-columns';

const x = Table.fromColumns({
  one: [7, 7, 7],
  zero: Float64Array.of(0, -0, 0),
  some: [7, null, 7],
  empty: Float64Array.of(NaN, NaN, NaN),
  level: ['a', 'a', 'a'],
  age: [4, 5, 6],
  kind: ['p', null, 'q'],
});
const transformer = new DropConstantColumns();

it.each(transformerConformance({ transformer, restorable: DropConstantColumns, x }))('$name', ({ run }) =>
  run(),
);

it('drops columns with one value in every row, missing counted as a value', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(output.names).toEqual(['some', 'age', 'kind']);
  expect(fitted.describe()).toBe('DropConstantColumns: dropped "one", "zero", "empty", "level"');
});

it('considers only the named columns, and drops nothing without rows', () => {
  expect(new DropConstantColumns({ columns: ['one', 'age'] }).fit(x).state.dropped).toEqual(['one']);
  expect(transformer.fit(x.take([])).state.dropped).toEqual([]);
  expect(() => new DropConstantColumns({ columns: ['nowhere'] }).fit(x)).toThrow('"nowhere" is missing');
});

it.each(refusedStates(DropConstantColumns, { dropped: ['a'] }, { dropped: ['a', [1]] }))('$name', ({ run }) =>
  run(),
);
