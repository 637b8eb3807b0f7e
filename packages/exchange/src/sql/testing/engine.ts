import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlDialectName } from '../sql-dialects.js';
import { runDuckdb } from './duckdb.js';
import { HAS_POSTGRES, startPostgres } from './postgres.js';
import { PEERS_PYTHON, startSpark } from './spark.js';

/** Raw rows for a database. */
export interface RawTable {
  readonly columns: readonly { readonly name: string; readonly kind: 'number' | 'text' }[];
  readonly rows: readonly (readonly (number | string | null)[])[];
}

/** A database that creates a view and reads it. */
export interface SqlEngine {
  /**
   * @param view creates the view `scored` of the table `raw`.
   * @returns the columns that `scored` adds, for each row of the table in order.
   */
  score(table: RawTable, view: string): Promise<(number | string | null)[][]>;
  stop(): Promise<void>;
}

/** The databases for tests, with titles that say when they are skipped. */
export const ENGINES: readonly {
  readonly dialect: SqlDialectName;
  readonly title: string;
  readonly isHere: boolean;
  readonly start: () => Promise<SqlEngine>;
}[] = [
  { dialect: 'duckdb', title: 'DuckDB', isHere: true, start: async () => duckdbEngine },
  {
    dialect: 'postgres',
    title: 'PostgreSQL (skipped if not installed in /usr/lib/postgresql)',
    isHere: HAS_POSTGRES,
    start: postgresEngine,
  },
  {
    dialect: 'spark',
    title: 'Spark (skipped unless PEERS_PYTHON has PySpark)',
    isHere: PEERS_PYTHON !== undefined,
    start: async () => sparkEngine(),
  },
];

/** A column with the row numbers. */
const PLACE = 'place of the row';

const duckdbEngine: SqlEngine = {
  score: (table, view) =>
    withCsv(table, async (file) => {
      const types = [
        `'${PLACE}': 'INTEGER'`,
        ...table.columns.map(
          ({ name, kind }) => `${quote(name)}: '${kind === 'number' ? 'DOUBLE' : 'VARCHAR'}'`,
        ),
      ];
      const rows = await runDuckdb(
        `CREATE TABLE raw AS FROM read_csv('${file}', columns = {${types.join(', ')}}, header = false, nullstr = '\\N', quote = '"', escape = '"', delim = ',', new_line = '\\n', parallel = false)`,
        view,
        `SELECT * FROM scored ORDER BY "${PLACE}"`,
      );
      return rows.map((row) => row.slice(table.columns.length + 1) as (number | string | null)[]);
    }),
  stop: async () => {},
};

async function postgresEngine(): Promise<SqlEngine> {
  const server = await startPostgres();
  return {
    score: (table, view) =>
      withCsv(table, async (file) => {
        const types = table.columns.map(
          ({ name, kind }) => `"${name.replaceAll('"', '""')}" ${kind === 'number' ? 'float8' : 'text'}`,
        );
        const rows = server.run(`
          DROP TABLE IF EXISTS raw CASCADE;
          CREATE TABLE raw ("${PLACE}" integer, ${types.join(', ')});
          \\copy raw FROM '${file}' (FORMAT csv, NULL '\\N')
          ${view}
          SELECT array_to_json(ARRAY[ROW_TO_JSON(scored)]) FROM scored ORDER BY "${PLACE}";`) as unknown as Record<
          string,
          unknown
        >[][];
        return rows.map(([row]) =>
          Object.values(row)
            .slice(table.columns.length + 1)
            .map(cellOf),
        );
      }),
    stop: () => server.stop(),
  };
}

function sparkEngine(): SqlEngine {
  const session = startSpark();
  return {
    score: (table, view) =>
      withCsv(table, async (file) => {
        const types = table.columns.map(
          ({ name, kind }) => `\`${name.replaceAll('`', '``')}\` ${kind === 'number' ? 'DOUBLE' : 'STRING'}`,
        );
        const rows = await session.ask({
          file,
          schema: [`\`${PLACE}\` INT`, ...types].join(', '),
          // A permanent view cannot read a temporary table.
          view: view
            .replace('CREATE OR REPLACE VIEW', 'CREATE OR REPLACE TEMPORARY VIEW')
            .replace(/;\s*$/, ''),
          order: PLACE,
          skip: table.columns.length + 1,
        });
        return rows.map((row) => row.map(cellOf));
      }),
    stop: () => session.stop(),
  };
}

/** Infinite numbers are texts in JSON. */
function cellOf(value: unknown): number | string | null {
  if (value === 'Infinity' || value === '-Infinity' || value === 'NaN') return Number(value);
  return value as number | string | null;
}

async function withCsv<T>({ rows }: RawTable, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'churn-sql-'));
  const file = join(folder, 'rows.csv');
  const cell = (value: number | string | null) =>
    value === null ? '\\N' : typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`;
  writeFileSync(file, rows.map((row, i) => `${[i, ...row.map(cell)].join(',')}\n`).join(''));
  try {
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
