import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { type Cell, categoryColumn, numericColumn } from './column.js';
import { missingColumn, Table } from './table.js';
import { snapshot } from './testing.js';

const customers = () =>
  Table.fromRows([
    { age: 45, gender: 'M', income: null },
    { age: null, gender: null, income: 60 },
    { age: 51, gender: 'F', income: 80 },
  ]);

const failure = (code: string, message: string) => expect.objectContaining({ code, message });

describe('Table.fromRows', () => {
  it('orders columns by first appearance, and treats an omitted key as missing', () => {
    const table = Table.fromRows([{ b: 1 }, { a: 'x', b: 2 }, { c: 3 }]);
    expect(table.names).toEqual(['b', 'a', 'c']);
    expect(table.toRows()).toEqual([
      { b: 1, a: null, c: null },
      { b: 2, a: 'x', c: null },
      { b: null, a: null, c: 3 },
    ]);
  });

  it('creates columns of the given kinds, also those absent from all rows', () => {
    const table = Table.fromRows(
      [{ code: 7 }],
      new Map([
        ['grade', 'category'],
        ['code', 'category'],
      ]),
    );
    expect(table.toRows()).toEqual([{ grade: null, code: '7' }]);
    expect(table.namesOf('category')).toEqual(['grade', 'code']);
  });

  it('names column and row of text among numbers', () => {
    expect(() => Table.fromRows([{ age: 1 }, { age: 'old' }])).toThrow(
      failure('column-kind', 'column "age", row 1: expected a number, got the string "old"'),
    );
  });

  it('ignores inherited properties', () => {
    expect(Table.fromRows([{ toString: 'a' }, {}]).toRows()).toEqual([{ toString: 'a' }, { toString: null }]);
  });

  it('returns the original rows, whatever the names', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', '0'));
    const cells = (length: number) =>
      fc.oneof(
        fc.array(fc.option(fc.double({ noNaN: true })), { minLength: length, maxLength: length }),
        fc.array(fc.option(fc.string()), { minLength: length, maxLength: length }),
      );
    const columns = fc
      .nat(5)
      .chain((length) => fc.uniqueArray(fc.tuple(name, cells(length)), { selector: ([key]) => key }));
    fc.assert(
      fc.property(columns, (pairs) => {
        const length = pairs[0]?.[1].length ?? 0;
        const rows = Array.from({ length }, (_, i) =>
          Object.fromEntries(pairs.map(([key, values]): [string, Cell] => [key, values[i]])),
        );
        expect(Table.fromRows(rows).toRows()).toEqual(rows);
      }),
    );
  });
});

describe('Table.fromColumns', () => {
  it('accepts columns, typed arrays and plain values, as an object or in pairs', () => {
    const columns = {
      id: Float64Array.of(1, 2),
      name: categoryColumn(['a', null]),
      age: [30, null],
      member: [true, false],
    };
    const rows = [
      { id: 1, name: 'a', age: 30, member: 'true' },
      { id: 2, name: null, age: null, member: 'false' },
    ];
    expect(Table.fromColumns(columns).toRows()).toEqual(rows);
    expect(Table.fromColumns(new Map(Object.entries(columns))).toRows()).toEqual(rows);
  });

  it('rejects columns of unequal length', () => {
    expect(() => Table.fromColumns({ a: [1, 2], b: [1] })).toThrow(
      failure('invalid-data', 'column "b" has 1 rows, expected 2 as in the previous columns'),
    );
  });

  it('rejects a name that appears twice', () => {
    expect(() =>
      Table.fromColumns([
        ['a', [1]],
        ['a', [2]],
      ]),
    ).toThrow(failure('column-name', 'column "a" appears twice'));
  });

  it('keeps the number of rows of a table without columns', () => {
    expect(Table.fromColumns({}, 3).nRows).toBe(3);
    expect(Table.fromColumns({}).nRows).toBe(0);
  });
});

describe('Table.fromMatrix and toArray', () => {
  it('converts from and to a matrix of ml-matrix', () => {
    const matrix = new Matrix([
      [1, 2, 3],
      [4, NaN, 6],
    ]);
    const table = Table.fromMatrix(matrix, ['a', 'b', 'c']);
    expect(table.numeric('b')).toEqual(Float64Array.of(2, NaN));
    expect(new Matrix(table.toArray())).toEqual(matrix);
  });

  it('reads arrays of rows, and names columns x0, x1 … by default', () => {
    const table = Table.fromMatrix([Float64Array.of(1, 2), Float64Array.of(3, 4)]);
    expect(table.names).toEqual(['x0', 'x1']);
    expect(table.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('reads a matrix without rows', () => {
    expect(Table.fromMatrix([], ['a', 'b'])).toMatchObject({ nRows: 0, names: ['a', 'b'] });
    expect(Table.fromMatrix([])).toMatchObject({ nRows: 0, names: [] });
    expect(Table.fromMatrix(new Matrix(0, 2))).toMatchObject({ nRows: 0, names: ['x0', 'x1'] });
  });

  it('rejects rows of unequal length, and names that do not match', () => {
    expect(() => Table.fromMatrix([[1, 2], [3]])).toThrow(
      failure('invalid-data', 'row 1 has 1 values, expected 2 as in row 0'),
    );
    expect(() => Table.fromMatrix([[1, 2]], ['a'])).toThrow(
      failure('invalid-data', 'expected 2 column names, one per column, got 1'),
    );
  });

  it('rejects converting categories to numbers', () => {
    expect(() => customers().toArray()).toThrow(
      failure('column-kind', 'column "gender": expected numbers, got categories'),
    );
  });
});

describe('values of other types', () => {
  it('are read: interfaces, typed arrays, bigints, booleans and dates', () => {
    interface Customer {
      age: bigint;
      left: boolean;
      since: Date;
    }
    const rows: Customer[] = [{ age: 45n, left: true, since: new Date('2024-02-29T13:45:00Z') }];
    expect(Table.fromRows(rows).toRows()).toEqual([
      { age: 45, left: 'true', since: '2024-02-29T13:45:00.000Z' },
    ]);
    for (const Type of [
      Float32Array,
      Int8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
    ]) {
      expect(Table.fromColumns({ a: Type.of(1, 2) }).numeric('a')).toEqual(Float64Array.of(1, 2));
    }
  });

  it('keep all digits of integers beyond 2^53, as text', () => {
    const table = Table.fromColumns({ id: [9007199254740993n, 5n, null] });
    expect(table.toRows().map(({ id }) => id)).toEqual(['9007199254740993', '5', null]);
  });

  it('are rejected if invalid: invalid dates, and rows that are not objects', () => {
    expect(() => Table.fromColumns({ a: [new Date('nonsense')] })).toThrow(
      failure('invalid-data', 'column "a", row 0: expected a date, got an invalid one'),
    );
    expect(() => Table.fromRows([[1, 2]])).toThrow(
      'row 0: expected an object of values by column, got a list; use fromMatrix for lists',
    );
    expect(() => Table.fromRows([null as unknown as object])).toThrow('got null');
  });
});

describe('a table', () => {
  it('finds columns by name and kind', () => {
    const table = customers();
    expect(table.has('age')).toBe(true);
    expect(table.has('toString')).toBe(false);
    expect(table.numeric('age')).toEqual(Float64Array.of(45, NaN, 51));
    expect(table.category('gender')).toMatchObject({ levels: ['M', 'F'], codes: Int32Array.of(0, -1, 1) });
    expect(table.namesOf('numeric')).toEqual(['age', 'income']);
    expect(table.namesOf('category')).toEqual(['gender']);
  });

  it('names a column that is missing or of the wrong kind', () => {
    const message = 'column "name" is missing; the table has: age, gender, income';
    expect(() => customers().column('name')).toThrow(failure('column-name', message));
    expect(() => customers().select(['age', 'name'])).toThrow(failure('column-name', message));
    expect(() => customers().numeric('gender')).toThrow(
      failure('column-kind', 'column "gender": expected numbers, got categories'),
    );
    expect(() => customers().category('age')).toThrow(
      failure('column-kind', 'column "age": expected categories, got numbers'),
    );
  });

  it('returns a column without values as either kind, and keeps it unchanged', () => {
    const table = Table.fromRows([{ a: null }], new Map([['b', 'category']]));
    expect(table.category('a')).toEqual(categoryColumn([null]));
    expect(table.numeric('b')).toEqual(Float64Array.of(NaN));
    expect(table.namesOf('category')).toEqual(['b']);
  });

  it('selects columns in the requested order, once each', () => {
    expect(customers().select(['income', 'age']).names).toEqual(['income', 'age']);
    expect(() => customers().select(['age', 'age'])).toThrow(
      failure('column-name', 'column "age" appears twice'),
    );
  });

  it('drops columns, ignores unknown names, and keeps its number of rows', () => {
    expect(customers().drop(['age', 'unknown']).names).toEqual(['gender', 'income']);
    expect(customers().drop(customers().names)).toMatchObject({ names: [], nRows: 3 });
  });

  it('replaces columns in place and adds new ones at the end', () => {
    const table = customers().with({ gender: [1, 2, 3], tenure: [4, 5, 6] });
    expect(table.names).toEqual(['age', 'gender', 'income', 'tenure']);
    expect(table.numeric('gender')).toEqual(Float64Array.of(1, 2, 3));
    expect(() => customers().with([['tenure', [1]]])).toThrow(
      failure('invalid-data', 'column "tenure" has 1 rows, expected 3 as in the previous columns'),
    );
  });

  it('takes rows', () => {
    const taken = customers().take(Int32Array.of(2, 0, 2));
    expect(taken.toRows()).toEqual([customers().row(2), customers().row(0), customers().row(2)]);
    expect(customers().take([])).toMatchObject({ nRows: 0, names: ['age', 'gender', 'income'] });
  });

  it('is immutable, whatever is derived from it or done to its output', () => {
    const source = { a: [1, 2], b: ['x', null] };
    const table = Table.fromColumns(source);
    const before = snapshot(table);
    source.a.push(3);
    source.b[0] = 'changed';
    table.names.push('c');
    table.row(0).a = 99;
    table.toRows()[1].b = 'changed';
    table.with({ a: [5, 6], c: [7, 8] });
    table.drop(['a']);
    const taken = table.take([0]);
    taken.numeric('a')[0] = 99;
    expect(snapshot(table)).toBe(before);
  });

  it('supports columns named like object properties in every operation', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty'];
    const table = Table.fromRows(JSON.parse('[{"__proto__":1,"constructor":"a","hasOwnProperty":true}]'));
    expect(table.names).toEqual(names);
    expect(
      table
        .take([0])
        .select(names)
        .with([['__proto__', [2]]])
        .numeric('__proto__')[0],
    ).toBe(2);
    expect(table.drop(['__proto__']).has('__proto__')).toBe(false);
    expect(JSON.stringify(table.toRows())).toBe(
      '[{"__proto__":1,"constructor":"a","hasOwnProperty":"true"}]',
    );
  });

  it('supports no rows', () => {
    const table = Table.fromRows([], new Map([['age', 'numeric']]));
    expect(table).toMatchObject({ nRows: 0, names: ['age'] });
    expect(table.toRows()).toEqual([]);
    expect(table.toArray()).toEqual([]);
    expect(table.with({ b: numericColumn([]) }).take([]).names).toEqual(['age', 'b']);
  });
});

describe('Table.sample', () => {
  const numbers = Table.fromColumns({ a: Float64Array.from({ length: 100 }, (_, row) => row) });

  it('samples rows without replacement, reproducibly by its seed', () => {
    const drawn = numbers.sample(30, { seed: 4 }).numeric('a');
    expect(new Set(drawn).size).toBe(30);
    expect(numbers.sample(30, { seed: 4 }).numeric('a')).toEqual(drawn);
    expect(numbers.sample(30, { seed: 5 }).numeric('a')).not.toEqual(drawn);
    expect(numbers.sample(0.25).nRows).toBe(25);
    expect(numbers.sample(100).numeric('a').toSorted()).toEqual(numbers.numeric('a'));
  });

  it.each([-1, 101, 1.5, NaN])('rejects a size of %p', (size) => {
    expect(() => numbers.sample(size)).toThrow(
      failure(
        'invalid-parameter',
        `size: expected an integer from 0 to 100, or a share below 1, got ${size}`,
      ),
    );
  });
});

describe('Table.splitTarget', () => {
  const table = Table.fromRows([
    { age: 45, left: true, state: 'stayed', n: 0 },
    { age: 30, left: false, state: 'left', n: 1 },
  ]);

  it('returns the features and the labels, the positive class last', () => {
    const { x, y } = table.splitTarget('state', { positive: 'left' });
    expect(x.names).toEqual(['age', 'left', 'n']);
    expect(y.classes).toEqual(['stayed', 'left']);
    expect([...y.codes]).toEqual([0, 1]);
    expect(table.splitTarget('state').y.classes).toEqual(['left', 'stayed']);
    expect(table.splitTarget('n', { positive: 0 }).y.classes).toEqual([1, 0]);
    expect(table.splitTarget('left', { positive: true }).y.classes).toEqual(['false', 'true']);
  });

  it('rejects a target that is missing, incomplete or lacks the positive class', () => {
    expect(() => table.splitTarget('gone')).toThrow('column "gone" is missing');
    expect(() => table.splitTarget('state', { positive: 'lost' })).toThrow(
      failure(
        'invalid-target',
        'positive: expected one of two classes, got "lost"; the classes are ["left","stayed"]',
      ),
    );
    const gaps = table.with({ state: ['left', null] });
    expect(() => gaps.splitTarget('state')).toThrow(
      'column "state", row 1: expected a label, got a missing value',
    );
  });
});

describe('missingColumn', () => {
  it('lists the first columns of a wide table, and their number', () => {
    const names = Array.from({ length: 14 }, (_, i) => `c${i}`);
    expect(missingColumn('x', names).message).toMatch(/has: c0, .*, c11, … \(14 in all\)$/);
    expect(missingColumn('x', []).message).toBe('column "x" is missing; the table has: no columns');
  });

  it('suggests no column that is needed itself', () => {
    const present = ['x1', 'x2', 'usage_2023'];
    const required = ['x1', 'x2', 'x3', 'usage_2024', 'usage_2023'];
    expect(missingColumn(['x3', 'usage_2024'], present, required).message).not.toContain('did you mean');
    expect(missingColumn('usage_2024', present).message).toContain('did you mean "usage_2023"?');
    const table = Table.fromColumns({ usage_2023: [1], Gender: ['F'] });
    expect(() => table.select(['usage_2023', 'usage_2024'])).toThrow(
      '"usage_2024" is missing; the table has',
    );
    expect(() => table.select(['usage_2023', 'gendre'])).toThrow('did you mean "Gender"?');
  });

  it('suggests similar columns', () => {
    expect(missingColumn('Gendre', ['Age', 'Gender']).message).toBe(
      'column "Gendre" is missing; did you mean "Gender"? The table has: Age, Gender',
    );
    expect(missingColumn(['agee', 'income', 'Gendre'], ['Age', 'Gender']).message).toBe(
      'columns "agee", "income", "Gendre" are missing; did you mean "Age", "Gender"? The table has: Age, Gender',
    );
  });
});
