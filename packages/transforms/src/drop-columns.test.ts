import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { DropColumns } from './drop-columns';

const x = Table.fromColumns({ id: [1, 2, 3], NB_1: [1, 2, 3], NB_2: ['a', 'b', 'c'], age: [4, 5, null] });
const transformer = new DropColumns(['id', 'NB_*', 'nowhere']);

it.each(transformerConformance({ transformer, restorable: DropColumns, x }))('$name', ({ run }) => run());

it('drops by name and pattern, and reports which columns it does not read', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(output.names).toEqual(['age']);
  expect(fitted.unread).toEqual(['id', 'NB_1', 'NB_2']);
  expect(fitted.describe()).toBe('DropColumns: dropped "id", "NB_1", "NB_2"');
});

it('drops new columns that match a pattern, and ignores missing ones', () => {
  const rows = Table.fromColumns({ age: [1], NB_3: [2] });
  expect(transformer.fit(x).transform(rows).names).toEqual(['age']);
});

it('rejects anything but a list of texts', () => {
  expect(() => new DropColumns('id' as unknown as string[])).toThrow('patterns: expected a list');
});

it.each(
  refusedStates(
    DropColumns,
    { patterns: ['a*'], dropped: ['a1'] },
    { patterns: ['a*', [1]], dropped: ['a1', [1]] },
  ),
)('$name', ({ run }) => run());

it('rejects a list of anything else', () => {
  expect(() => new DropColumns(['id', 1] as string[])).toThrow(
    'patterns: expected a list of column names and up to 100 patterns with a *, got ["id",1]',
  );
});
