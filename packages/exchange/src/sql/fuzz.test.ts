import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import type { Expression } from '../program/expression.js';
import type { Program } from '../program/program.js';
import { toSql } from './to-sql.js';

/** Names that a database can have: there is no character 0 in them. */
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !text.includes('\0'));
const level = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom("it's", '\\', "\\'", '--', '/*', ';', '\n', '\0', '"', '`', '$$', '{}', '%s'),
);
const value = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 5e-324, -1e308, 1.7976931348623157e308, 0.1, 1e21),
);

test('names, levels and numbers of any kind are preserved', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name, { minLength: 2, maxLength: 2, selector: (text) => text.toLowerCase() }),
      fc.uniqueArray(level, { minLength: 1, maxLength: 5 }),
      fc.array(value, { minLength: 1, maxLength: 5 }),
      async ([x, t], levels, values) => {
        const lookup: Expression = {
          op: 'lookup',
          of: { op: 'column', id: 1 },
          entries: new Map(levels.map((each, i) => [each, { op: 'number', value: i }])),
          missing: { op: 'number', value: -1 },
          otherwise: { op: 'number', value: -2 },
        };
        const program: Program = {
          columns: [
            { name: x, kind: 'number' },
            { name: t, kind: 'text' },
            { name: 'value of x', kind: 'number' },
            { name: 'place of t', kind: 'number' },
            ...values.map((_, i) => ({ name: `value ${i}`, kind: 'number' as const })),
          ],
          inputs: [0, 1],
          steps: [
            {
              kind: 'compute',
              of: t,
              columns: [
                { id: 2, value: { op: 'column', id: 0 } },
                { id: 3, value: lookup },
                ...values.map((each, i) => ({ id: 4 + i, value: { op: 'number' as const, value: each } })),
              ],
            },
          ],
          checks: [],
          output: { kind: 'columns', columns: [2, 3, ...values.map((_, i) => 4 + i)] },
        };
        await connection.run(`CREATE OR REPLACE TABLE raw (${quoted(x)} DOUBLE, ${quoted(t)} VARCHAR)`);
        const appender = await connection.createAppender('raw');
        for (const each of [...levels, null]) {
          appender.appendDouble(0.1);
          if (each === null) appender.appendNull();
          else appender.appendVarchar(each);
          appender.endRow();
        }
        appender.closeSync();
        const rows = (
          await connection.runAndReadAll(toSql(program, { dialect: 'duckdb', from: 'raw' }))
        ).getRows();
        const constants = values.map((each) => (Number.isNaN(each) ? null : each + 0));
        expect(rows.map((row) => row.slice(2, 4))).toEqual([...levels.map((_, i) => [0.1, i]), [0.1, -1]]);
        for (const row of rows) expect(row.slice(4)).toEqual(constants);
      },
    ),
    { numRuns: 150 },
  );
  connection.closeSync();
  instance.closeSync();
});

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
