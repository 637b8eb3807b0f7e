import type { DatasetSchema } from './dataset-schema';
import { parseCsv } from './parse-csv';
import { toDataset } from './to-dataset';

const schema: DatasetSchema = [
  { name: 'churned', kind: 'category', levels: ['yes', 'no'] },
  { name: 'age', kind: 'numeric', min: 18, nullable: false },
];
const csv = (text: string) => parseCsv(text, { source: 'customers.csv' });

describe('toDataset', () => {
  it('gives a table of the kinds in the schema', () => {
    const table = toDataset(csv('id,age,churned\n7,45,yes\nx,49,\n'), schema);
    expect(table.toRows()).toEqual([
      { id: '7', age: 45, churned: 'yes' },
      { id: 'x', age: 49, churned: null },
    ]);
  });

  it('tells text in numbers and broken rules in one message, each cell once, in the order of the schema', () => {
    expect(() => toDataset(csv('age,churned\nold,yes\n,maybe\n17,no\n'), schema)).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: [
          'customers.csv: 4 problems',
          '  - column "churned": expected one of "yes", "no", got "maybe" in line 3',
          '  - column "age": expected a number, got "old" in line 2',
          '  - column "age": expected a value in every row, got none in line 3',
          '  - column "age": expected 18 or more, got 17 in line 4',
        ].join('\n'),
      }),
    );
  });

  it('leaves out columns that are not asked for, in the table and in the rules', () => {
    const table = toDataset(csv('id,age\n7,45\n'), schema, { columns: ['age'] });
    expect(table.names).toEqual(['age']);
  });

  it('tells of a missing column by the rules, or where there is none by name', () => {
    expect(() => toDataset(csv('id\n7\n'), schema, { columns: ['id', 'age'] })).toThrow(
      'customers.csv, column "age": the column is missing\nThe columns are: "id"',
    );
    expect(() => toDataset(csv('id\n7\n'), schema, { columns: ['size'] })).toThrow(
      expect.objectContaining({ code: 'column-name' }),
    );
  });

  it('passes other options on', () => {
    const table = toDataset(csv('age,churned\n20,-\n'), schema, { missingValues: ['-'] });
    expect(table.row(0)).toEqual({ age: 20, churned: null });
  });
});
