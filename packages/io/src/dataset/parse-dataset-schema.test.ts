import { schemaKinds } from './dataset-schema';
import { parseDatasetSchema } from './parse-dataset-schema';

const age = { name: 'age', kind: 'numeric' };

describe('parseDatasetSchema', () => {
  it('accepts a schema', () => {
    const schema = [
      { ...age, required: true, nullable: false, min: 18, max: 100, integer: true },
      { name: 'gender', kind: 'category', levels: ['F', 'M'] },
      { name: 'joined', kind: 'date', required: false, nullable: false },
    ];
    expect(parseDatasetSchema(schema)).toEqual(schema);
  });

  it.each([
    [{}, 'schema: expected a list of columns, got {}'],
    [['age'], 'schema[0]: expected an object with a name and a kind, got "age"'],
    [[{ kind: 'numeric' }], 'schema[0]: expected "name" to be text, got nothing'],
    [
      [{ ...age, kind: 'number' }],
      'schema[0] (column "age"): expected "kind" to be "numeric", "category", "boolean" or "date", got "number"',
    ],
    [[{ ...age, min: '18' }], 'schema[0] (column "age"): expected "min" to be a number, got "18"'],
    [
      [{ ...age, nullable: 'no' }],
      'schema[0] (column "age"): expected "nullable" to be true or false, got "no"',
    ],
    [
      [{ name: 'g', kind: 'category', levels: [0, 1] }],
      'schema[0] (column "g"): expected "levels" to be a list of texts (put numbers in quotes), got [0,1]',
    ],
    [[{ ...age, levels: ['a'] }], 'schema[0] (column "age"): "levels" has no meaning for a numeric column'],
    [
      [{ name: 'g', kind: 'category', min: 1 }],
      'schema[0] (column "g"): "min" has no meaning for a category column',
    ],
    [
      [{ name: 'j', kind: 'date', levels: ['2024-02-29'] }],
      'schema[0] (column "j"): "levels" has no meaning for a date column',
    ],
    [[{ name: 'j', kind: 'date', min: 1 }], 'schema[0] (column "j"): "min" has no meaning for a date column'],
    [[{ ...age, min: 2, max: 1 }], 'schema[0] (column "age"): min 2 is above max 1'],
    [
      [{ ...age, minimum: 1 }],
      'schema[0] (column "age"): unknown field "minimum", expected one of name, kind, decimal, dateOrder, missing, required, nullable, min, max, integer, levels',
    ],
    [[age, age], 'schema: column "age" appears twice'],
  ])('rejects %j', (value, message) => {
    expect(() => parseDatasetSchema(value)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it('names the location of the schema', () => {
    expect(() => parseDatasetSchema(null, 'churn.yaml: columns')).toThrow(
      'churn.yaml: columns: expected a list of columns, got null',
    );
  });
});

describe('schemaKinds', () => {
  it('returns the kind of each column', () => {
    const kinds = schemaKinds([
      { name: 'age', kind: 'numeric' },
      { name: '__proto__', kind: 'category' },
    ]);
    expect([...kinds]).toEqual([
      ['age', 'numeric'],
      ['__proto__', 'category'],
    ]);
  });
});
