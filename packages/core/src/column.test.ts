import fc from 'fast-check';
import {
  type Cell,
  type Column,
  type ColumnKind,
  categoryColumn,
  cellAt,
  columnLength,
  columnOf,
  countMissing,
  numericColumn,
  takeRows,
} from './column.js';

const cellsOf = (column: Column) =>
  Array.from({ length: columnLength(column) }, (_, row) => cellAt(column, row));

describe('numericColumn', () => {
  it('treats null and undefined as missing', () => {
    expect(numericColumn([1, null, undefined, NaN, 0]).values).toEqual(Float64Array.of(1, NaN, NaN, NaN, 0));
  });

  it('accepts a Float64Array without copying it', () => {
    const values = Float64Array.of(1, 2);
    expect(numericColumn(values).values).toBe(values);
  });
});

describe('categoryColumn', () => {
  it('lists levels in order of first appearance', () => {
    expect(categoryColumn(['b', 'a', null, 'b', undefined])).toEqual({
      kind: 'category',
      codes: Int32Array.of(0, 1, -1, 0, -1),
      levels: ['b', 'a'],
    });
  });

  it('accepts any text as a level, also names of object properties', () => {
    const anyText = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', ''));
    fc.assert(
      fc.property(fc.array(fc.option(anyText)), (values) => {
        const column = categoryColumn(values);
        expect(cellsOf(column)).toEqual(values);
        expect(new Set(column.levels).size).toBe(column.levels.length);
      }),
    );
  });
});

describe('columnOf', () => {
  const kindsOfCells: [string, Cell[], ColumnKind | undefined, Column][] = [
    ['numbers a numeric column', [1, null, 2], undefined, numericColumn([1, null, 2])],
    ['text a category column', [null, 'x', 'y'], undefined, categoryColumn([null, 'x', 'y'])],
    ['booleans a category column', [true, false, null], undefined, categoryColumn(['true', 'false', null])],
    ['nothing a numeric column', [null, undefined], undefined, numericColumn([NaN, NaN])],
    ['nothing what is asked for', [null, undefined], 'category', categoryColumn([null, null])],
    [
      'numbers levels where categories are asked for',
      [1, '1', 2.5],
      'category',
      categoryColumn(['1', '1', '2.5']),
    ],
  ];
  it.each(kindsOfCells)('converts %s', (_, cells, kind, expected) => {
    expect(columnOf('x', cells, kind)).toEqual(expected);
  });

  const refused: [string, unknown[], ColumnKind | undefined, string][] = [
    [
      'text in a numeric column',
      [1, null, 'old'],
      undefined,
      'row 2: expected a number, got the string "old"',
    ],
    ['a boolean in a numeric column', [true], 'numeric', 'row 0: expected a number, got the boolean true'],
    ['a number among text', ['a', 5], undefined, 'row 1: expected text, got the number 5'],
    ['an object', ['a', { b: 1 }], undefined, 'row 1: expected text, got an object'],
    ['an object among categories', [[1]], 'category', 'row 0: expected text, got an object'],
  ];
  it.each(refused)('rejects %s, naming column and row', (_, cells, kind, message) => {
    expect(() => columnOf('age', cells as Cell[], kind)).toThrow(
      expect.objectContaining({ code: 'column-kind', message: `column "age", ${message}` }),
    );
  });
});

describe('takeRows', () => {
  it('takes rows in the given order, also repeatedly, and shares the levels', () => {
    const numeric = numericColumn([10, NaN, 30]);
    const category = categoryColumn(['a', null, 'c']);
    expect(cellsOf(takeRows(numeric, [2, 0, 1, 2]))).toEqual([30, 10, null, 30]);
    const taken = takeRows(category, Int32Array.of(2, 1, 2));
    expect(cellsOf(taken)).toEqual(['c', null, 'c']);
    expect(taken).toHaveProperty('levels', category.levels);
  });

  it('returns an independent column', () => {
    const column = numericColumn([1, 2]);
    const taken = takeRows(column, [0, 1]) as typeof column;
    taken.values[0] = 99;
    expect(column.values[0]).toBe(1);
  });
});

it('countMissing counts the missing values of either kind', () => {
  expect(countMissing(numericColumn([1, NaN, null, Infinity]))).toBe(2);
  expect(countMissing(categoryColumn(['a', null, '', undefined, null]))).toBe(3);
});
