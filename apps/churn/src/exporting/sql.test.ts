import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Table } from '@churn/core';
import { exportModel } from '../commands/export';
import { loadScoringModel } from '../scoring/scoring-model';
import { saveSmallModel } from '../testing/small-model';

let folder: string;
const path = (name: string) => join(folder, name);
const exported = (options: Record<string, string>) =>
  exportModel({
    to: 'sql',
    model: { name: 'm.json', file: path('m.json') },
    output: path('view.sql'),
    ...options,
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-sql-'));
  await saveSmallModel(path('m.json'), { predicts: 'leaving' });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What DuckDB answers, asked from a process of its own, as Jest cannot load its package when it is needed. */
function answer(file: string): { header: string[]; records: unknown[][] } {
  const script = `import { readFileSync } from 'node:fs';
    import { queryRecords } from '@churn/io/duckdb';
    const { header, records } = await queryRecords(readFileSync(process.argv[1], 'utf8'));
    console.log(JSON.stringify({ header, records }));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script, file], {
      cwd: __dirname,
      encoding: 'utf8',
    }),
  );
}

it('writes a query that DuckDB evaluates like the model', async () => {
  const rows = [
    { plan: 'A', usage: 3, age: 20.5 },
    { plan: null, usage: 97, age: null },
    { plan: 'unseen', usage: null, age: 61 },
    { plan: 'C', usage: 1e300, age: 40 },
  ];
  const lines = rows.map((row) => Object.values(row).join(','));
  writeFileSync(path('rows.csv'), ['plan,usage,age', ...lines, ''].join('\n'));
  await exported({ dialect: 'duckdb', from: `'${path('rows.csv')}'` });
  const query = readFileSync(path('view.sql'), 'utf8');
  const { header, records } = answer(path('view.sql'));
  expect(header).toEqual([
    'plan',
    'usage',
    'age',
    'leaving_probability',
    'leaving_prediction',
    'leaving_threshold',
  ]);
  const { model, hash } = await loadScoringModel(path('m.json'));
  expect(query).toContain(`-- Model: ${hash}`);
  const { 1: expected } = model.predictProba(Table.fromRows(rows.slice(0, 3)));
  records.slice(0, 3).forEach((record, i) => {
    expect(record[3]).toBeCloseTo(expected[i], 12);
    expect(record[4]).toBe(expected[i] > 0.5 ? 1 : 0);
  });
  // Squares of it are beyond all numbers, so that the model refuses the row.
  expect(records[3].slice(3, 5)).toEqual([null, null]);
});

it('lists the supported databases', async () => {
  await expect(exported({})).rejects.toThrow(
    '--dialect: expected one of duckdb, postgres, spark, bigquery, snowflake, clickhouse, got none',
  );
});
