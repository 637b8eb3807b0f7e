import { parseCsv } from '../csv/parse-csv';
import type { DatasetSchema } from '../dataset/dataset-schema';
import type { CsvRecords } from './records';
import { toTable } from './to-table';

const csv = (text: string): CsvRecords => parseCsv(text, { source: 'customers.csv' });

describe('toTable', () => {
  it('infers the kind of each column from all of its values', () => {
    const table = toTable(csv('id,age,gender,code\n1,45,M,0x10\n2, 49.5 ,F,12\n3,,M,7\n'));
    expect(table.names).toEqual(['id', 'age', 'gender', 'code']);
    expect(table.numeric('id')).toEqual(Float64Array.of(1, 2, 3));
    expect(table.numeric('age')).toEqual(Float64Array.of(45, 49.5, NaN));
    expect(table.column('gender')).toEqual({
      kind: 'category',
      codes: Int32Array.of(0, 1, 0),
      levels: ['M', 'F'],
    });
    expect(table.category('code').levels).toEqual(['0x10', '12', '7']);
  });

  it('rejects a text among numbers or reads it as missing, even in the last row', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => String(i));
    const records = csv(`a\n${rows.join('\n')}\nx\n`);
    expect(() => toTable(records)).toThrow(
      'customers.csv, column "a": expected a number, got "x" in line 1002; to have such values read as missing, list them in "missing" of the column, or set invalidValues to "missing"',
    );
    const numbers = toTable(records, { invalidValues: 'missing' }).numeric('a');
    expect(numbers).toEqual(Float64Array.from([...rows.map(Number), NaN]));
  });

  it('treats a column with more than one text in ten as categories', () => {
    expect(toTable(csv(`a\n${'1\n'.repeat(17)}x\ny\n`)).category('a').levels).toEqual(['1', 'x', 'y']);
  });

  it.each(['', 'N/A', 'null', 'NaN', '  ', ' NaN '])('treats %j as a missing value', (text) => {
    const table = toTable(csv(`n,c\n1,x\n${text},${text}\n`));
    expect(table.row(1)).toEqual({ n: null, c: null });
  });

  it.each(['Unknown', 'NA', 'na', 'none', '-', '?'])(
    'treats %j as a category among categories only',
    (text) => {
      const table = toTable(csv(`c,n\nx,1\n${text},${text}\n`));
      expect(table.row(1)).toEqual({ c: text, n: null });
    },
  );

  it('accepts other texts as missing values, including numbers', () => {
    const table = toTable(csv('n,c\n-999,NA\n1,?\n'), { missingValues: ['-999', '?'] });
    expect(table.toRows()).toEqual([
      { n: null, c: 'NA' },
      { n: 1, c: null },
    ]);
  });

  it('treats a column without values as numeric by default', () => {
    expect(toTable(csv('a,b\n,1\n,2\n')).column('a').kind).toBe('numeric');
    const told = toTable(csv('a,b\n,1\n,2\n'), { schema: [{ name: 'a', kind: 'category' }] });
    expect(told.column('a')).toEqual({ kind: 'category', codes: Int32Array.of(-1, -1), levels: [] });
  });

  it('normalizes the spelling of categories, or keeps it', () => {
    const schema: DatasetSchema = [{ name: 'zip', kind: 'category' }];
    const records = csv('zip\n007\n 7\n7\n');
    expect(toTable(records, { schema }).category('zip').levels).toEqual(['007', '7']);
    const kept = toTable(records, { schema, categories: 'asWritten' });
    expect(kept.category('zip').levels).toEqual(['007', ' 7', '7']);
  });

  it('names a column without a name by its position', () => {
    expect(toTable(csv(',a,\n0,1,2\n')).names).toEqual(['Unnamed: 0', 'a', 'Unnamed: 2']);
  });

  it('converts only the requested columns, in that order', () => {
    const options = { columns: ['c', 'Unnamed: 0'], schema: [{ name: 'b', kind: 'numeric' }] as const };
    expect(toTable(csv(',b,c\n1,x,3\n'), options).toRows()).toEqual([{ c: 3, 'Unnamed: 0': 1 }]);
  });

  it('finds columns by names with spaces around them, on either side', () => {
    expect(toTable(csv('id, left\n1,yes\n')).names).toEqual(['id', 'left']);
    const schema: DatasetSchema = [{ name: ' left', kind: 'category' }];
    expect(toTable(csv('id,left \n1,yes\n'), { columns: [' left'], schema }).toRows()).toEqual([
      { ' left': 'yes' },
    ]);
  });

  it('rejects a column that the file does not contain', () => {
    expect(() => toTable(csv('a,b\n1,2\n'), { columns: ['a', 'x'] })).toThrow(
      expect.objectContaining({
        code: 'column-name',
        message: 'customers.csv: column "x" is missing; the table has: a, b',
      }),
    );
  });

  it('rejects text in a numeric column, naming file, line, column and the text', () => {
    const schema: DatasetSchema = [{ name: 'age', kind: 'numeric' }];
    expect(() => toTable(csv('name,age\n"a\nb",45\nc,old\n'), { schema })).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: expect.stringMatching(
          /^customers.csv, column "age": expected a number, got "old" in line 4; /,
        ),
      }),
    );
    expect(() => toTable(csv(`name,age\na,${'x'.repeat(500)}\n`), { schema })).toThrow(
      `customers.csv, column "age": expected a number, got "${'x'.repeat(60)}…" in line 2`,
    );
  });

  it('reports all columns with texts in one message, with the first texts and the number of others', () => {
    const schema: DatasetSchema = [
      { name: 'a', kind: 'numeric' },
      { name: 'b', kind: 'numeric' },
    ];
    expect(() => toTable(csv('a,b\nu,1\nv,0x1\nw,\nx,2\ny,3\n'), { schema })).toThrow(
      [
        'customers.csv: 2 problems',
        '  - column "a": expected a number, got "u" in line 2, "v" in line 3, "w" in line 4 and 2 more',
        '  - column "b": expected a number, got "0x1" in line 3',
      ].join('\n'),
    );
  });

  it('supports columns and categories with names of object properties', () => {
    const table = toTable(csv('__proto__,constructor\ntoString,__proto__\n'));
    expect(table.category('__proto__').levels).toEqual(['toString']);
    expect(table.category('constructor').levels).toEqual(['__proto__']);
  });

  it('returns an empty table for a header without rows', () => {
    const empty = parseCsv('a,b\n', { allowNoRows: true });
    expect(toTable(empty)).toMatchObject({ nRows: 0, names: ['a', 'b'] });
  });
});
