import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableToIPC } from 'apache-arrow';
import fc from 'fast-check';
import writeWorkbook from 'write-excel-file/node';
import { arrow } from './arrow/arrow';
import { toArrow } from './arrow/to-arrow';
import { csv } from './csv/csv';
import { formatCsv } from './csv/format-csv';
import { queryRecords } from './duckdb/query-records';
import { excel } from './excel/excel';
import { useTempFolder } from './files/temp-folder';
import { zstdFrame } from './files/zstd-frame';
import { jsonLines } from './json/json-lines';
import { formatOf, type RecordFormat } from './records/record-format';
import { toTable } from './records/to-table';

// Built, since jest cannot load the modules of the Parquet libraries; not imported, since types are checked before the build.
const { parquet } = require('../dist/parquet/index.cjs') as { parquet: RecordFormat };

const temp = useTempFolder();

interface Customer {
  readonly id: number;
  readonly plan: string | null;
  readonly spent: number | null;
  readonly open: boolean | null;
  readonly joined: string | null;
}
const COLUMNS = { id: 'integer', plan: 'varchar', spent: 'double', open: 'boolean', joined: 'date' } as const;
const NAMES = Object.keys(COLUMNS) as (keyof Customer)[];

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 });
const customers: fc.Arbitrary<Customer[]> = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 1e6 }),
    plan: orNull(fc.stringMatching(/^[a-zé][a-zé,;"' ]{0,5}[a-zé]$/)),
    // Text formats write -0 as 0.
    spent: orNull(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }).map((value) => value + 0),
    ),
    open: orNull(fc.boolean()),
    joined: orNull(
      fc
        .date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The same rows in each format, by the names of the files. */
async function writeAll(rows: readonly Customer[]): Promise<string[]> {
  const cells = rows.map((row) => NAMES.map((name) => row[name]));
  const text = formatCsv(NAMES, cells);
  const sql = cells.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
  const typed = NAMES.map((name, j) => `col${j}::${COLUMNS[name]} as ${name}`).join(', ');
  await run(`copy (select ${typed} from (values ${sql})) to '${temp('a.parquet')}' (format parquet)`);
  const excelCells = rows.map((row) =>
    NAMES.map((name) => {
      const value = row[name];
      if (value === null) return null;
      return name === 'joined'
        ? { value: new Date(value as string), type: Date, format: 'yyyy-mm-dd' }
        : { value };
    }),
  );
  await writeWorkbook([NAMES.map((value) => ({ value })), ...excelCells] as never).toFile(temp('a.xlsx'));
  await writeFile(temp('a.csv'), text);
  const table = toTable(await csv.read(temp('a.csv')));
  const others: Record<string, string | Uint8Array> = {
    'gz.csv.gz': gzipSync(text),
    'zst.csv.zst': zstdFrame(text),
    'utf16.csv': Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'sep.csv': `sep=;\r\n${formatCsv(NAMES, cells, { delimiter: ';' })}`,
    'a.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
    'a.jsonl.gz': gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')),
    'a.arrow': tableToIPC(await toArrow(table), 'file'),
    'b.arrow': tableToIPC(await toArrow(table), 'stream'),
  };
  for (const [name, content] of Object.entries(others)) await writeFile(temp(name), content);
  return ['a.csv', ...Object.keys(others), 'a.parquet', 'a.xlsx'];
}

/** In quotes whatever its type, since a number with a point would be a decimal. */
function literal(value: Customer[keyof Customer]): string {
  return value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
}

async function run(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

it('the same rows result in the same table from any format', async () => {
  await fc.assert(
    fc.asyncProperty(customers, async (rows) => {
      const names = await writeAll(rows);
      const tables = await Promise.all(
        names.map(async (name) => {
          const format = formatOf(name, [csv, jsonLines, parquet, arrow, excel]);
          return toTable(await format.read(temp(name)));
        }),
      );
      const queries = [
        "'a.parquet'",
        "read_json('a.jsonl', columns = { id: 'integer', plan: 'varchar', spent: 'double', open: 'boolean', joined: 'date' })",
      ];
      for (const from of queries) {
        const found = from.replace("'a.", `'${temp('a.')}`);
        tables.push(toTable(await queryRecords(`select * from ${found}`)));
      }
      const expected = rows.map(({ open, ...row }) => ({
        ...row,
        open: open === null ? null : String(open),
      }));
      for (const [i, table] of tables.entries()) {
        expect({ from: names[i], names: table.names, rows: table.toRows() }).toEqual({
          from: names[i],
          names: NAMES,
          rows: expected,
        });
      }
    }),
    { endOnFailure: true, numRuns: process.env.FUZZ ? 20 : 6, seed: 1 },
  );
});
