import type { DatasetKind } from './kind';
import { readTypedColumn, valueMisfit } from './typed-column';

describe('valueMisfit', () => {
  it.each<[DatasetKind, unknown]>([
    ['numeric', 1.5],
    ['numeric', -(2n ** 60n)],
    ['category', 'A'],
    ['category', ''],
    ['category', 1.1],
    ['category', 2n ** 60n],
    ['category', false],
    ['date', '2024-02-29'],
    ['date', '2024-02-29T13:45:00.000Z'],
    ...(['numeric', 'category', 'date'] as const).map((kind): [DatasetKind, null] => [kind, null]),
  ])('lets a %s column hold %p', (kind, value) => {
    expect(valueMisfit(kind, value)).toBeUndefined();
  });

  it.each<[DatasetKind, unknown, string, string]>([
    ['numeric', '1', 'a number', '"1"'],
    ['numeric', true, 'a number', 'true'],
    ['numeric', Infinity, 'a number', 'Infinity'],
    ['numeric', 'x'.repeat(500), 'a number', `"${'x'.repeat(60)}…"`],
    ['category', [1], 'text', 'a list'],
    ['category', {}, 'text', 'an object'],
    ['category', -Infinity, 'text', '-Infinity'],
    ['category', 2 ** 53, 'text', 'a whole number beyond 2^53, which may have lost digits; put it in quotes'],
    ['date', '29.02.2024', 'a date such as 2024-02-29', '"29.02.2024"'],
    ['date', 20240229, 'a date such as 2024-02-29', '"20240229"'],
    ['date', { year: 2024 }, 'text', 'an object'],
  ])('lets a %s column not hold %p', (kind, value, expected, came) => {
    expect(valueMisfit(kind, value)).toEqual({ expected, came });
  });
});

describe('readTypedColumn', () => {
  it('reads numbers, with none in the places of those missing and those that do not fit', () => {
    expect(readTypedColumn([1, null, '2', 3n], 'numeric')).toEqual({
      column: { kind: 'numeric', values: Float64Array.of(1, NaN, NaN, 3) },
      misfits: [{ row: 2, expected: 'a number', came: '"2"' }],
    });
  });

  it('reads categories by their texts, in the order in which they come', () => {
    expect(readTypedColumn(['b', 1, null, true, 'b', '1'], 'category')).toEqual({
      column: { kind: 'category', codes: Int32Array.of(0, 1, -1, 2, 0, 1), levels: ['b', '1', 'true'] },
      misfits: [],
    });
  });

  it.each([
    [[1, null, 2n], 'numeric'],
    [[null], 'numeric'],
    [[1, '1'], 'category'],
    [[true, false], 'category'],
  ])('finds the kind of %p', (values, kind) => {
    expect(readTypedColumn(values, undefined).column.kind).toBe(kind);
  });
});
