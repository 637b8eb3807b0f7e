import { conformTo, schemaOf } from './schema.js';
import { Table } from './table.js';

const schema = schemaOf(Table.fromRows([{ age: 45, gender: 'M', income: 60 }]));
const conformed = (rows: Parameters<typeof Table.fromRows>[0]) => conformTo(schema, Table.fromRows(rows));
const failure = (code: string, problems: string) =>
  expect.objectContaining({ code, message: `the columns do not match those of training: ${problems}` });

it('schemaOf returns the name and kind of each column', () => {
  expect(schema).toEqual([
    { name: 'age', kind: 'numeric' },
    { name: 'gender', kind: 'category' },
    { name: 'income', kind: 'numeric' },
  ]);
});

describe('conformTo', () => {
  it('orders columns by the schema and omits others', () => {
    const table = conformed([{ income: 1, id: 7, gender: 'F', age: 30, churned: true }]);
    expect(table.toRows()).toEqual([{ age: 30, gender: 'F', income: 1 }]);
  });

  it('accepts a column without values as either kind', () => {
    const other = schema.map(
      ({ name, kind }) => [name, kind === 'numeric' ? 'category' : 'numeric'] as const,
    );
    const table = conformTo(schema, Table.fromRows([{}], new Map(other)));
    expect(schemaOf(table)).toEqual(schema);
    expect(table.toRows()).toEqual([{ age: null, gender: null, income: null }]);
  });

  it('keeps the number of rows with an empty schema, and supports no rows', () => {
    expect(conformTo([], Table.fromRows([{ a: 1 }, { a: 2 }]))).toMatchObject({ nRows: 2, names: [] });
    const empty = Table.fromColumns({ age: [], gender: [], income: [] });
    expect(schemaOf(conformTo(schema, empty))).toEqual(schema);
  });

  it('reports all missing columns and wrong kinds in one message', () => {
    expect(() => conformed([{ gender: 1, age: 'old' }])).toThrow(
      failure(
        'column-name',
        'missing: "income"; "age" should hold numbers, not text; "gender" should hold categories, not numbers',
      ),
    );
    expect(() => conformed([{ income: 1 }])).toThrow(failure('column-name', 'missing: "age", "gender"'));
  });

  it('has the code of a wrong kind if no column is missing', () => {
    expect(() => conformed([{ income: 1, gender: 'M', age: 'old' }])).toThrow(
      failure('column-kind', '"age" should hold numbers, not text'),
    );
  });
});
