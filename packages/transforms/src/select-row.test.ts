import { dropFromRow, selectRow } from './select-row';

const schema = ['a', 'b', 'c'].map((name) => ({ name, kind: 'numeric' as const }));

it.each([
  [
    ['a', 'c'],
    [1, 3],
  ],
  [
    ['c', 'a', 'b'],
    [3, 1, 2],
  ],
  [
    ['b', 'b', 'a'],
    [2, 2, 1],
  ],
  [[], []],
])('selects %j of a row', (names, expected) => {
  const step = selectRow(schema, names);
  expect(step.schema.map(({ name }) => name)).toEqual(names);
  expect(step.apply([1, 2, 3])).toEqual(expected);
});

it('modifies the row in place if the columns keep their order', () => {
  const row = [1, 2, 3];
  expect(selectRow(schema, ['b', 'c']).apply(row)).toBe(row);
  const other = [1, 2, 3];
  expect(selectRow(schema, ['c', 'b']).apply(other)).not.toBe(other);
});

it('rejects a column missing from the schema, and ignores one to be dropped', () => {
  expect(() => selectRow(schema, ['a', 'x'])).toThrow(
    expect.objectContaining({
      code: 'column-name',
      message: expect.stringContaining('"x"'),
    }),
  );
  expect(() => selectRow(schema, ['x'])).toThrow(/"a".*"b".*"c"|a, b, c/);
  expect(dropFromRow(schema, ['b', 'x']).apply([1, 2, 3])).toEqual([1, 3]);
});
