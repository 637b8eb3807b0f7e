import { categoryColumn, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { DropDuplicateColumns } from './drop-duplicate-columns';

const level = categoryColumn(['p', null, 'q']);
const x = Table.fromColumns({
  a: [0, null, 2],
  level,
  copy: Float64Array.of(-0, NaN, 2),
  recoded: { kind: 'category', codes: Int32Array.of(1, -1, 0), levels: ['q', 'p'] },
  filled: [0, 1, 2],
  again: [0, null, 2],
});
const transformer = new DropDuplicateColumns();

it.each(transformerConformance({ transformer, restorable: DropDuplicateColumns, x }))('$name', ({ run }) =>
  run(),
);

it('keeps the first of equal columns, whatever the codes of their levels', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(fitted.state).toEqual({ duplicateOf: { copy: 'a', recoded: 'level', again: 'a' } });
  expect(output.names).toEqual(['a', 'level', 'filled']);
  expect(fitted.describe()).toBe('DropDuplicateColumns: dropped "copy", "recoded", "again"');
});

it('compares only the named columns, in table order, and nothing without rows', () => {
  const { state } = new DropDuplicateColumns({ columns: ['again', 'copy', 'level'] }).fit(x);
  expect(state).toEqual({ duplicateOf: { again: 'copy' } });
  expect(transformer.fit(x.take([])).state).toEqual({ duplicateOf: {} });
});

it('distinguishes categories from numbers', () => {
  const mixed = Table.fromColumns({ a: Float64Array.of(NaN), b: categoryColumn([null]) });
  expect(transformer.fit(mixed).state).toEqual({ duplicateOf: {} });
});

it.each(refusedStates(DropDuplicateColumns, { duplicateOf: { a: 'b' } }, { duplicateOf: [{ a: 1 }, ['b']] }))(
  '$name',
  ({ run }) => run(),
);
