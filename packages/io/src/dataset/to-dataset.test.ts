import { parseCsv } from '../csv/parse-csv';
import { objectRecords } from '../json/object-records';
import type { DatasetSchema } from './dataset-schema';
import { toDataset } from './to-dataset';

const schema: DatasetSchema = [
  { name: 'churned', kind: 'category', levels: ['yes', 'no'] },
  { name: 'age', kind: 'numeric', min: 18, nullable: false },
];
const csv = (text: string) => parseCsv(text, { source: 'customers.csv' });

describe('toDataset', () => {
  it('returns a table with the kinds of the schema', () => {
    const { table } = toDataset(csv('id,age,churned\n7,45,yes\nx,49,\n'), schema);
    expect(table.toRows()).toEqual([
      { id: '7', age: 45, churned: 'yes' },
      { id: 'x', age: 49, churned: null },
    ]);
  });

  it('reports texts among numbers and violated rules in one message, each cell once, in schema order', () => {
    expect(() => toDataset(csv('age,churned\nold,yes\n,maybe\n17,no\n'), schema)).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: [
          'customers.csv: 4 problems',
          '  - column "churned": expected one of "yes", "no", got "maybe" in line 3',
          '  - column "age": expected a number, got "old" in line 2',
          '  - column "age": expected a value in every row, got none in line 3',
          '  - column "age": expected 18 or more, got 17 in line 4',
          'to have such values read as missing, list them in "missing" of the column',
        ].join('\n'),
      }),
    );
  });

  it('reads dates as categories, and reports each invalid date once, with its line', () => {
    const dated: DatasetSchema = [{ name: 'joined', kind: 'date', nullable: false }];
    expect(
      toDataset(csv('joined\n2024-02-29\n2023-01-01\n2024-02-29\n'), dated).table.category('joined'),
    ).toEqual({
      kind: 'category',
      codes: Int32Array.of(0, 1, 0),
      levels: ['2024-02-29', '2023-01-01'],
    });
    expect(() => toDataset(csv('id,joined\n1,2023-02-29\n2,\n3,2024-02-29\n'), dated)).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: [
          'customers.csv: 2 problems',
          '  - column "joined": expected a date such as 2024-02-29, got "2023-02-29" (there is no such day) in line 2',
          '  - column "joined": expected a value in every row, got none in line 3',
          'to have such values read as missing, list them in "missing" of the column',
        ].join('\n'),
      }),
    );
  });

  it('infers the date order from all dates, and asks for it if ambiguous', () => {
    const dated: DatasetSchema = [{ name: 'joined', kind: 'date' }];
    const { table, schema } = toDataset(csv('joined\n01/02/2024\n29/02/2024\n'), dated);
    expect(table.category('joined').levels).toEqual(['2024-02-01', '2024-02-29']);
    expect(schema).toEqual([{ name: 'joined', kind: 'date', dateOrder: 'dayFirst' }]);
    expect(() => toDataset(csv('joined\n01/02/2024\n'), dated)).toThrow(
      'expected a date such as 2024-02-29, got "01/02/2024" in line 2; the dates of "joined" do not show whether the day or the month comes first; set dateOrder',
    );
  });

  it('reads up to one invalid text in ten as missing if requested, and reports them', () => {
    const text = `age,note\n${'20,a\n'.repeat(9)}old,b\n`;
    const rules: DatasetSchema = [{ name: 'age', kind: 'numeric' }];
    expect(() => toDataset(csv(text), rules)).toThrow(
      'customers.csv, column "age": expected a number, got "old" in line 11; to have such values read as missing, list them in "missing" of the column, or set invalidValues to "missing"',
    );
    const { table, invalidValues, schema } = toDataset(csv(text), rules, { invalidValues: 'missing' });
    expect(table.numeric('age')[9]).toBeNaN();
    expect(invalidValues).toEqual([
      { column: 'age', message: 'expected a number, got "old" in line 11', count: 1, row: 9, line: 11 },
    ]);
    expect(schema).toEqual([...rules, { name: 'note', kind: 'category' }]);
    expect(() => toDataset(csv(`${text}older,b\n`), rules, { invalidValues: 'missing' })).toThrow(
      'expected a number, got "old" in line 11, "older" in line 12',
    );
  });

  it('accepts levels in any spelling', () => {
    const rules: DatasetSchema = [{ name: 'auto', kind: 'category', levels: ['True', 'False', '1.0'] }];
    const { table } = toDataset(csv('auto\ntrue\n FALSE\n1\n'), rules);
    expect(table.category('auto').levels).toEqual(['true', 'false', '1']);
  });

  it('checks typed values like texts', () => {
    const rows = [
      { age: 45, churned: 'yes' },
      { age: 'old', churned: true },
      { age: null, churned: ['no'] },
    ];
    expect(() => toDataset(objectRecords(rows, ['churned', 'age', 'id']), schema)).toThrow(
      [
        'the rows: 4 problems',
        '  - column "churned": expected text, got a list in line 3',
        '  - column "churned": expected one of "yes", "no", got "true" in line 2',
        '  - column "age": expected a number, got "old" in line 2',
        '  - column "age": expected a value in every row, got none in line 3',
      ].join('\n'),
    );
  });

  it('ignores columns that are not requested, in the table and the rules', () => {
    const { table } = toDataset(csv('id,age\n7,45\n'), schema, { columns: ['age'] });
    expect(table.names).toEqual(['age']);
  });

  it('reports a missing column with or without a rule', () => {
    expect(() => toDataset(csv('id\n7\n'), schema, { columns: ['id', 'age'] })).toThrow(
      'customers.csv, column "age": the column is missing\nThe columns are: "id"',
    );
    expect(() => toDataset(csv('id\n7\n'), schema, { columns: ['size'] })).toThrow(
      expect.objectContaining({ code: 'column-name' }),
    );
  });

  it('passes other options on', () => {
    const { table } = toDataset(csv('age,churned\n20,-\n'), schema, { missingValues: ['-'] });
    expect(table.row(0)).toEqual({ age: 20, churned: null });
  });
});
