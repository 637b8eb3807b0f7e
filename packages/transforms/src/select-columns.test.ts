import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import type { ColumnSelector } from './column-selector';
import { SelectColumns } from './select-columns';

const x = Table.fromColumns({ a: [1, 2, null], kind: ['p', 'q', null], b: [3, 4, 5] });

describe.each<ColumnSelector>([['b', 'a'], { kind: 'numeric' }, { pattern: 'a*' }])('%j', (columns) => {
  const transformer = new SelectColumns(columns);
  it.each(transformerConformance({ transformer, restorable: SelectColumns, x, needs: 'a' }))(
    '$name',
    ({ run }) => run(),
  );
});

it('keeps columns in the order of the names, and reports which it does not read', () => {
  const { fitted, output } = new SelectColumns(['b', 'kind']).fitTransform(x);
  expect(output.names).toEqual(['b', 'kind']);
  expect(fitted.unread).toEqual(['a']);
  expect(fitted.describe()).toBe('SelectColumns: kept "b", "kind"');
});

it('resolves a kind at fit', () => {
  const fitted = new SelectColumns({ kind: 'numeric' }).fit(x);
  expect(fitted.transform(x.with({ later: [1, 2, 3] })).names).toEqual(['a', 'b']);
});

it.each(
  refusedStates(
    SelectColumns,
    { columns: ['a'], dropped: ['b'] },
    { columns: ['a', [1]], dropped: ['b', [1]] },
  ),
)('$name', ({ run }) => run());
