import {
  Table as ArrowTable,
  Bool,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Float16,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  Null,
  RecordBatch,
  TimeSecond,
  TimestampMicrosecond,
  TimestampSecond,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import { Table } from './table';

/** A table of a single column. */
const of = (vector: Vector) => Table.fromArrow(new ArrowTable({ x: vector as never }));
const cells = (vector: Vector) =>
  of(vector)
    .toRows()
    .map(({ x }) => x);

describe('Table.fromArrow', () => {
  it('shares the memory of 64-bit numbers without missing values', () => {
    const values = Float64Array.of(1.5, NaN, -3);
    const vector = new Vector([makeData({ type: new Float64(), data: values })]);
    const shared = of(vector).numeric('x');
    expect(shared.buffer).toBe(values.buffer);
    expect(of(vector).toRows()).toEqual([{ x: 1.5 }, { x: null }, { x: -3 }]);
    // A part of it too.
    const part = of(vector.slice(1)).numeric('x');
    expect([part.buffer, part.byteOffset, part.length]).toEqual([values.buffer, 8, 2]);
  });

  it('copies numbers with missing values, in several parts, and of other types', () => {
    expect(cells(vectorFromArray([1, null, 3], new Float64()))).toEqual([1, null, 3]);
    const first = vectorFromArray([1, 2], new Float64());
    expect(cells(first.concat(vectorFromArray([null, 4], new Float64())))).toEqual([1, 2, null, 4]);
    expect(cells(vectorFromArray([-7, null], new Int32()))).toEqual([-7, null]);
    expect(cells(vectorFromArray([0.5, 2], new Float16()))).toEqual([0.5, 2]);
    expect(cells(vectorFromArray([5n, -6n, null], new Int64()))).toEqual([5, -6, null]);
    expect(cells(vectorFromArray([null, null], new Null()))).toEqual([null, null]);
  });

  it('keeps the digits of integers beyond 2^53', () => {
    expect(cells(vectorFromArray([5n, 9007199254740993n], new Int64()))).toEqual(['5', '9007199254740993']);
  });

  it('accepts dictionary codes', () => {
    const codes = Int32Array.of(1, 0, 1);
    const dictionary = vectorFromArray(['basic', 'plus'], new Utf8());
    const type = new Dictionary(new Utf8(), new Int32());
    const column = of(new Vector([makeData({ type, data: codes, dictionary })])).category('x');
    expect(column.codes.buffer).toBe(codes.buffer);
    expect(column).toMatchObject({ codes, levels: ['basic', 'plus'] });
    const gaps = vectorFromArray(['b', null, 'a', 'b'], type);
    expect(of(gaps).category('x')).toMatchObject({ codes: Int32Array.of(0, -1, 1, 0), levels: ['b', 'a'] });
    // Parts with dictionaries of their own, and one that has a text twice.
    expect(cells(gaps.concat(vectorFromArray(['c', 'a'], type)))).toEqual(['b', null, 'a', 'b', 'c', 'a']);
    const twice = vectorFromArray(['a', 'a'], new Utf8());
    const repeated = of(new Vector([makeData({ type, data: codes, dictionary: twice })])).category('x');
    expect(repeated).toMatchObject({ codes: Int32Array.of(0, 0, 0), levels: ['a'] });
    const numbers = new Dictionary(new Float64(), new Int32());
    expect(cells(vectorFromArray([2.5, null, 2.5], numbers))).toEqual([2.5, null, 2.5]);
  });

  it('converts texts, booleans, dates and times to categories', () => {
    const time = Date.UTC(2024, 1, 29, 13, 45);
    const categories: [Vector, unknown][] = [
      [vectorFromArray(['é', null], new Utf8()), 'é'],
      [vectorFromArray([true, null], new Bool()), 'true'],
      [vectorFromArray([new Date(time), null], new DateDay()), '2024-02-29'],
      [vectorFromArray([new Date(time), null], new DateMillisecond()), '2024-02-29'],
      [vectorFromArray([time, null], new TimestampSecond()), '2024-02-29T13:45:00'],
      [
        vectorFromArray([time + 0.5, null], new TimestampMicrosecond('Europe/Berlin')),
        '2024-02-29T13:45:00.0005Z',
      ],
      [vectorFromArray([49_500, null], new TimeSecond()), '13:45:00'],
    ];
    for (const [vector, expected] of categories) {
      expect(cells(vector)).toEqual([expected, null]);
      expect(of(vector.slice(1)).column('x').kind).toBe('category');
    }
  });

  it('reads decimals', () => {
    // 12.34 and -0.01 with two digits behind the point, as integers of 128 bits.
    const words = Uint32Array.of(1234, 0, 0, 0, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1);
    const data = makeData({ type: new Decimal(2, 10, 128), data: words, length: 2 });
    expect(cells(new Vector([data]))).toEqual([12.34, -0.01]);
  });

  it('rejects nested values, and duplicate names', () => {
    const lists = vectorFromArray([[1, 2], [3]]);
    expect(lists.type).toBeInstanceOf(List);
    expect(() => of(lists)).toThrow('column "x": expected scalar values, got List<Float64>');
    const { schema, data } = new ArrowTable({ x: vectorFromArray([1, 2], new Float64()) }).batches[0];
    const twice = new RecordBatch(
      Object.assign(Object.create(Object.getPrototypeOf(schema)), schema, {
        fields: [schema.fields[0], schema.fields[0]],
      }),
      Object.assign(data.clone(), { children: [data.children[0], data.children[0]] }),
    );
    expect(() => Table.fromArrow(new ArrowTable([twice]))).toThrow('column "x" appears twice');
  });
});
