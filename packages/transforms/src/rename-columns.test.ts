import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { RenameColumns } from './rename-columns';

const x = Table.fromColumns({ a: [1, 2, null], b: [3, 4, 5], kind: ['p', 'q', null] });
const transformer = new RenameColumns({ a: 'b', b: 'a', kind: '__proto__x' });

it.each(transformerConformance({ transformer, restorable: RenameColumns, x, needs: 'a' }))(
  '$name',
  ({ run }) => run(),
);

it('renames columns in place, and back', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(output.names).toEqual(['b', 'a', '__proto__x']);
  expect(output.numeric('b')).toBe(x.numeric('a'));
  expect(fitted.inverseTransform(output).toRows()).toEqual(x.toRows());
  expect(fitted.describe()).toBe('RenameColumns: renamed "a", "b", "kind"');
});

it('rejects a name that is taken, missing or duplicate', () => {
  expect(() => new RenameColumns({ a: 'b' }).fit(x)).toThrow('got "b" twice');
  expect(() => new RenameColumns({ c: 'd' }).fit(x)).toThrow('column "c" is missing');
  expect(() => new RenameColumns({ a: 'c', b: 'c' })).toThrow('names: expected unique new names, got "c"');
  expect(() => new RenameColumns({ a: 1 } as unknown as Record<string, string>)).toThrow('names: expected');
});

it('renames to and from __proto__', () => {
  const { fitted, output } = new RenameColumns({ a: '__proto__' }).fitTransform(x);
  expect(output.names).toEqual(['__proto__', 'b', 'kind']);
  expect(fitted.inverseTransform(output).names).toEqual(x.names);
});

it.each(refusedStates(RenameColumns, { names: { a: 'b' } }, { names: [{ a: 1 }, ['b']] }))(
  '$name',
  ({ run }) => run(),
);

it.each([[['a']], [null], ['a']])('rejects the names %j', (names) => {
  const wrong = names as unknown as Record<string, string>;
  expect(() => new RenameColumns(wrong)).toThrow('names: expected an object of { from: to }');
});
