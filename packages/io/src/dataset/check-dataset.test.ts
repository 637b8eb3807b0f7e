import { Table } from '@churn/core';
import { assertDataset, checkDataset } from './check-dataset';
import type { DatasetSchema } from './dataset-schema';

const schema: DatasetSchema = [
  { name: 'age', kind: 'numeric', min: 18, max: 100, integer: true, nullable: false },
  { name: 'gender', kind: 'category', levels: ['F', 'M'] },
  { name: 'note', kind: 'category', required: false },
];
const good = Table.fromRows([
  { age: 18, gender: 'M', other: 'x' },
  { age: 100, gender: null, other: 'y' },
]);

describe('checkDataset', () => {
  it('finds nothing in valid data, regardless of other columns', () => {
    expect(checkDataset(good, schema)).toEqual([]);
    expect(checkDataset(good.take([]), schema)).toEqual([]);
    expect(() => assertDataset(good, schema)).not.toThrow();
  });

  it('finds violations of each kind, counts all and shows the first three', () => {
    const ages = [17, 16, 15, 14, 13, 101, 40.5, null];
    const table = Table.fromColumns({ age: ages, gender: ages.map((_, i) => (i > 0 ? 'X' : 'M')) });
    const lines = Int32Array.from(ages, (_, i) => i + 2);
    expect(checkDataset(table, schema, { lines })).toEqual([
      {
        column: 'age',
        message: 'expected a value in every row, got none in line 9',
        count: 1,
        row: 7,
        line: 9,
      },
      {
        column: 'age',
        message: 'expected 18 or more, got 17 in line 2, 16 in line 3, 15 in line 4 and 2 more',
        count: 5,
        row: 0,
        line: 2,
      },
      { column: 'age', message: 'expected 100 or less, got 101 in line 7', count: 1, row: 5, line: 7 },
      { column: 'age', message: 'expected an integer, got 40.5 in line 8', count: 1, row: 6, line: 8 },
      {
        column: 'gender',
        message: 'expected one of "F", "M", got "X" in line 3, "X" in line 4, "X" in line 5 and 4 more',
        count: 7,
        row: 1,
        line: 3,
      },
    ]);
  });

  it('counts rows from 0 if lines are unknown', () => {
    expect(checkDataset(good.with({ age: [20, 3] }), schema)).toEqual([
      { column: 'age', message: 'expected 18 or more, got 3 in row 1', count: 1, row: 1 },
    ]);
  });

  it('finds missing columns, but not optional ones', () => {
    expect(checkDataset(good.drop(['gender']), schema)).toEqual([
      { column: 'gender', message: 'the column is missing', count: 1 },
    ]);
  });

  it('finds columns of the wrong kind, and the texts that caused it', () => {
    const table = Table.fromColumns({ age: ['20', 'old', null, 'young'], gender: [1, 2, null, 1] });
    expect(checkDataset(table, [{ ...schema[0], nullable: true }, schema[1]])).toEqual([
      { column: 'age', message: 'expected a number, got "old" in row 1, "young" in row 3', count: 2, row: 1 },
      { column: 'gender', message: 'expected categories, got numbers', count: 3 },
    ]);
    expect(checkDataset(Table.fromColumns({ n: ['1', '2'] }), [{ name: 'n', kind: 'numeric' }])).toEqual([
      { column: 'n', message: 'expected numbers, got categories', count: 2 },
    ]);
  });

  it('finds invalid dates', () => {
    const dates: DatasetSchema = [{ name: 'joined', kind: 'date' }];
    const joined = ['2024-02-29', null, '2024-02-30', '2024-02-29T13:45:00Z', '1/2/2024'];
    expect(checkDataset(Table.fromColumns({ joined }), dates)).toEqual([
      {
        column: 'joined',
        message: 'expected a date such as 2024-02-29, got "2024-02-30" in row 2, "1/2/2024" in row 4',
        count: 2,
        row: 2,
      },
    ]);
    expect(checkDataset(Table.fromColumns({ joined: [2024, null] }), dates)).toEqual([
      { column: 'joined', message: 'expected dates, got numbers', count: 1 },
    ]);
    expect(checkDataset(Table.fromColumns({ joined: [null, null] }), dates)).toEqual([]);
  });

  it('accepts a column without values as either kind, and counts missing values', () => {
    const table = Table.fromColumns({ age: [20, 20], gender: [null, null] });
    expect(checkDataset(table, schema)).toEqual([]);
    expect(checkDataset(table, [{ name: 'gender', kind: 'category', nullable: false }])).toEqual([
      {
        column: 'gender',
        message: 'expected a value in every row, got none in row 0, none in row 1',
        count: 2,
        row: 0,
      },
    ]);
  });

  it('shortens long lists of levels and long texts', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `L${i}`);
    const [violation] = checkDataset(Table.fromColumns({ c: ['x'.repeat(200)] }), [
      { name: 'c', kind: 'category', levels },
    ]);
    expect(violation.message).toMatch(
      /^expected one of "L0", .*"L11", … \(30 in all\), got "x{60}…" in row 0$/,
    );
  });

  it('supports names of object properties', () => {
    const hostile: DatasetSchema = [{ name: '__proto__', kind: 'category', levels: ['a'] }];
    const table = Table.fromColumns([['__proto__', ['a', 'constructor']]]);
    expect(checkDataset(table, hostile)).toMatchObject([{ column: '__proto__', count: 1, row: 1 }]);
  });
});

describe('assertDataset', () => {
  it('reports one violation in one line', () => {
    const table = good.with({ age: [20, 3] });
    expect(() => assertDataset(table, schema, { source: 'customers.csv', lines: [2, 3] })).toThrow(
      expect.objectContaining({
        name: 'ChurnError',
        code: 'invalid-data',
        message: 'customers.csv, column "age": expected 18 or more, got 3 in line 3',
      }),
    );
    expect(() => assertDataset(table, schema)).toThrow(/^the table, column "age"/);
  });

  it('reports all violations in a list, and the columns of the data', () => {
    const table = good.with({ age: [200, 3] }).drop(['gender']);
    expect(() => assertDataset(table, schema, { source: 'customers.csv', lines: [2, 3] })).toThrow(
      expect.objectContaining({
        message: [
          'customers.csv: 3 problems',
          '  - column "age": expected 18 or more, got 3 in line 3',
          '  - column "age": expected 100 or less, got 200 in line 2',
          '  - column "gender": the column is missing',
          'The columns are: "age", "other"',
        ].join('\n'),
      }),
    );
  });

  it('suggests a similar column without rules', () => {
    const table = Table.fromColumns({ gendre: ['M'], age: [20] });
    expect(checkDataset(table, schema).map(({ message }) => message)).toContain(
      'the column is missing; did you mean "gendre"?',
    );
    const rules = [...schema, { name: 'gendre', kind: 'category' as const }];
    expect(checkDataset(table, rules).map(({ message }) => message)).toContain('the column is missing');
  });

  it('asks about the delimiter if all columns seem to be one', () => {
    const table = Table.fromColumns({ 'age;gender': ['20;M'] });
    expect(() => assertDataset(table, schema)).toThrow(
      'The columns are: "age;gender"; is this the right delimiter?',
    );
  });
});
