import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { type LevelMapping, ValueMapper } from './value-mapper';

const x = Table.fromColumns({
  churn: ['Y', 'N', null, 'Yes'],
  school: ['Unknown', 'High', 'Unknown', 'Low'],
});
const transformer = new ValueMapper({ churn: { Y: 'Yes', N: 'No' }, school: { Unknown: null } });

it.each(transformerConformance({ transformer, restorable: ValueMapper, x, needs: 'churn' }))(
  '$name',
  ({ run }) => run(),
);

it('renames levels, merges those of one name, and keeps the others', () => {
  const { output } = transformer.fitTransform(x);
  expect(output.toRows().map((row) => row.churn)).toEqual(['Yes', 'No', null, 'Yes']);
  expect(output.category('churn').levels).toEqual(['Yes', 'No']);
  expect(output.toRows().map((row) => row.school)).toEqual([null, 'High', null, 'Low']);
});

it('swaps levels', () => {
  const { output } = new ValueMapper({ churn: { Y: 'N', N: 'Y' } }).fitTransform(x);
  expect(output.toRows().map((row) => row.churn)).toEqual(['N', 'Y', null, 'Yes']);
});

it('maps columns and levels of any name', () => {
  const mapping = JSON.parse('{ "__proto__": { "__proto__": "a", "constructor": "b" } }');
  const table = Table.fromColumns([['__proto__', ['constructor', '__proto__', 'toString']]]);
  const { output } = new ValueMapper(mapping).fitTransform(table);
  const { codes, levels } = output.category('__proto__');
  expect(Array.from(codes, (code) => levels[code])).toEqual(['b', 'a', 'toString']);
});

it('names a column missing at fit', () => {
  expect(() => new ValueMapper({ nowhere: {} }).fit(x)).toThrow('column "nowhere" is missing');
});

it('rejects an invalid mapping, and copies the given one', () => {
  const wrong = { churn: { Y: 1 } } as unknown as Record<string, LevelMapping>;
  expect(() => new ValueMapper(wrong)).toThrow('mapping of "churn": expected an object of strings or null');
  const mapping: Record<string, Record<string, string>> = { churn: { Y: 'Yes' } };
  const mapper = new ValueMapper(mapping);
  mapping.churn.Y = 'changed';
  expect(mapper.mapping.churn).toEqual({ Y: 'Yes' });
});

it('is inverted if no two levels share a name', () => {
  const table = Table.fromColumns({ churn: ['Y', 'N', null, 'other', '__proto__'] });
  const mapping = JSON.parse('{ "churn": { "Y": "N", "N": "Y", "__proto__": "p" } }');
  const { fitted, output } = new ValueMapper(mapping).fitTransform(table);
  expect(fitted.inverseTransform(output).toRows()).toEqual(table.toRows());
  expect(fitted.describe()).toBe('ValueMapper: churn (3 levels renamed)');
});

it.each<{ mapping: Record<string, LevelMapping>; why: string }>([
  { mapping: { churn: { Y: 'Yes', J: 'Yes' } }, why: '"J" and "Y" became "Yes"' },
  { mapping: { churn: { Unknown: null } }, why: '"Unknown" became missing' },
])('rejects inverting $mapping', ({ mapping, why }) => {
  expect(() => new ValueMapper(mapping).fit(x).inverseTransform(x)).toThrow(why);
});

it.each(
  refusedStates(
    ValueMapper,
    { mapping: { a: { b: 'c', d: null } } },
    { mapping: [{ a: null }, { a: ['b'] }, { a: { b: 'c', d: 1 } }] },
  ),
)('$name', ({ run }) => run());

it('describes itself without columns, and rejects anything but an object', () => {
  expect(new ValueMapper({}).fit(x).describe()).toBe('ValueMapper: no columns');
  const list = [] as unknown as Record<string, LevelMapping>;
  expect(() => new ValueMapper(list)).toThrow(
    'mapping: expected an object of { column: { from: to } }, got []',
  );
});
