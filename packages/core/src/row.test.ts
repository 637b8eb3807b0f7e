import fc from 'fast-check';
import { Centre, Drop } from '../test/parts.js';
import {
  ChurnError,
  compileRow,
  type FittedTransformer,
  positionOf,
  type RowValues,
  rowValues,
  schemaOf,
  Table,
  type TableSchema,
} from './index.js';

const x = Table.fromRows([
  { a: 1, b: 5, c: 'u' },
  { a: null, b: 6, c: null },
  { a: 4, b: 8, c: 'v' },
]);
const schema = schemaOf(x);

describe('rowValues', () => {
  it('orders the values of an object by the schema, missing ones as NaN and null', () => {
    expect(rowValues(schema, { c: 'w', extra: 1, a: 2 })).toEqual([2, NaN, 'w']);
    expect(rowValues(schema, { a: null, b: undefined, c: null })).toEqual([NaN, NaN, null]);
    expect(rowValues(schema, { a: 0, b: -1, c: true })).toEqual([0, -1, 'true']);
  });

  it('ignores inherited properties', () => {
    expect(rowValues([{ name: 'constructor', kind: 'category' }], {})).toEqual([null]);
  });

  it('names a numeric column that contains text', () => {
    expect(() => rowValues(schema, { a: '1' })).toThrow(
      new ChurnError('column-kind', 'column "a": expected a number, got "1"'),
    );
  });
});

describe('positionOf', () => {
  it('finds a column by name and kind, and reports what is wrong with another', () => {
    expect(positionOf(schema, 'b', 'numeric')).toBe(1);
    expect(() => positionOf(schema, 'z', 'numeric')).toThrow('column "z" is missing; the table has: a, b, c');
    expect(() => positionOf(schema, 'c', 'numeric')).toThrow('column "c": expected numbers, got categories');
    expect(() => positionOf(schema, 'a', 'category')).toThrow('column "a": expected categories, got numbers');
  });
});

describe('compileRow', () => {
  const steps: FittedTransformer[] = [new Centre('b').fit(x), new Drop(['a']).fit()];

  it('returns the same for each row as for the table, with steps that have no row form', () => {
    const step = compileRow(steps, schema);
    const output = steps.reduce((table, fitted) => fitted.transform(table), x);
    expect(step.schema).toEqual(schemaOf(output));
    for (let row = 0; row < x.nRows; row++) {
      expect(step.apply(rowValues(schema, x.row(row)))).toEqual(rowValues(step.schema, output.row(row)));
    }
  });

  it('uses the compiled form of a step, with the schema of the previous steps', () => {
    const doubled = {
      ...bare(steps[0]),
      compileRow: (input: TableSchema) => {
        const position = positionOf(input, 'b', 'numeric');
        return {
          schema: input,
          apply(row: RowValues) {
            row[position] = 2 * (row[position] as number);
            return row;
          },
        };
      },
    };
    const step = compileRow([steps[1], doubled], schema);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (b) => {
        const row = rowValues(schema, { b, c: 'u' });
        const overflows = Number.isFinite(b) && !Number.isFinite(2 * b);
        if (overflows) expect(() => step.apply(row)).toThrow('column "b", row 0: expected a number that can');
        else expect(step.apply(row)).toEqual([2 * b, 'u']);
      }),
    );
  });

  it('is the identity without steps, and rejects a schema that lacks a column', () => {
    expect(compileRow([], schema).apply([1, 2, 'u'])).toEqual([1, 2, 'u']);
    expect(() => compileRow(steps, schema.slice(0, 1))).toThrow('column "b" is missing');
  });
});

function bare({ role, type, state, transform }: FittedTransformer) {
  return { role, type, state, transform };
}
