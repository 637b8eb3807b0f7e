import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { RandomForestClassifier } from '@churn/models';
import { CategoryEncoder, DateParts, MeanImputer, ModeImputer } from '@churn/transforms';
import { BIN } from '../testing/bin';

const APP = join(__dirname, '../..');
const N = 25_000;

let folder: string;
const file = (name: string) => join(folder, name);
const churn = (...args: string[]) => spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });

/** The Parquet libraries are modules, which this test is not. */
function run<T>(script: string): T {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: APP,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout || 'null');
}

function writeParquet(name: string, columnData: string): void {
  run(`import { parquetWriteFile } from 'hyparquet-writer';
    const N = ${N};
    const list = (make) => Array.from({ length: N }, (_, i) => make(i));
    parquetWriteFile({ filename: ${JSON.stringify(file(name))}, rowGroupSize: 9000, columnData: ${columnData} });`);
}

function readParquet(name: string): Record<string, unknown>[] {
  return run(`import { asyncBufferFromFile, parquetReadObjects, toJson } from 'hyparquet';
    const file = await asyncBufferFromFile(${JSON.stringify(file(name))});
    console.log(JSON.stringify(toJson(await parquetReadObjects({ file }))));`);
}

/** The same rows as those of `writeParquet` below, as CSV. */
const csv = () =>
  ['id,usage,plan,joined', ...Array.from({ length: N }, (_, i) => rowOf(i).join(','))].join('\n');
const rowOf = (i: number) => [
  String(2n ** 60n + BigInt(i)),
  i % 7 === 3 ? '' : (i % 100) / 2,
  i % 11 === 5 ? '' : 'ABC'[i % 3],
  new Date(Date.UTC(2020, 0, 1 + (i % 900))).toISOString().slice(0, 10),
];
const COLUMNS = `[
  { name: 'id', data: list((i) => 2n ** 60n + BigInt(i)), type: 'INT64', nullable: false },
  { name: 'usage', data: list((i) => (i % 7 === 3 ? null : (i % 100) / 2)), type: 'DOUBLE' },
  { name: 'plan', data: list((i) => (i % 11 === 5 ? null : 'ABC'[i % 3])), type: 'STRING' },
  { name: 'joined', data: list((i) => new Date(Date.UTC(2020, 0, 1 + (i % 900)))), type: 'TIMESTAMP' },
]`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-parquet-'));
  const rows = Array.from({ length: 200 }, (_, i) => rowOf(i));
  const x = Table.fromColumns({
    usage: rows.map(([, usage]) => (usage === '' ? NaN : Number(usage))),
    plan: rows.map(([, , plan]) => (plan === '' ? null : String(plan))),
    joined: rows.map(([, , , joined]) => String(joined)),
  });
  const y = rows.map((_, i) => ((i % 100) + (i % 3) * 20 > 60 ? 'yes' : 'no'));
  const steps = [
    new DateParts({ columns: ['joined'], parts: ['month'] }),
    new MeanImputer(),
    new ModeImputer(),
    new CategoryEncoder({ folds: 2 }),
  ];
  const model = new Pipeline(steps, new RandomForestClassifier({ nEstimators: 5 })).fit(x, y);
  await saveModel(file('m.json'), model, {});
  writeParquet('rows.parquet', COLUMNS);
});

afterAll(() => rmSync(folder, { recursive: true }));

const predict = (input: string, output: string) =>
  churn('predict', '--model', file('m.json'), '--input', file(input), '--output', file(output));

it('scores rows of several row groups like those of CSV, and keeps other columns', () => {
  writeFileSync(file('rows.csv'), csv());
  expect(predict('rows.csv', 'scored.csv').status).toBe(0);
  expect(predict('rows.parquet', 'scored.parquet').status).toBe(0);
  const scored = readParquet('scored.parquet');
  const lines = readFileSync(file('scored.csv'), 'utf8').trimEnd().split('\n').slice(1);
  expect(scored).toHaveLength(N);
  let different = 0;
  scored.forEach((row, i) => {
    const [id, , plan, joined, probability, prediction] = lines[i].split(',');
    const isSame =
      row.churn_probability === Number(probability) &&
      row.churn_prediction === Number(prediction) &&
      BigInt(row.id as number) === BigInt(Number(id)) &&
      (row.plan ?? '') === plan &&
      String(row.joined).slice(0, 10) === joined;
    if (!isSame) different++;
  });
  expect(different).toBe(0);
});

it('rejects rows with a value of another kind, with their places', () => {
  writeParquet(
    'texts.parquet',
    COLUMNS.replace("(i % 100) / 2)), type: 'DOUBLE'", "'n' + i)), type: 'STRING'"),
  );
  expect(predict('texts.parquet', 'fitting.parquet').status).toBe(0);
  // A missing value fits.
  expect(readParquet('fitting.parquet')).toHaveLength(Math.floor((N + 3) / 7));
  const [header, first, ...others] = readFileSync(file('fitting.parquet.rejected.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(header).toBe('line,reason,row');
  expect(first).toContain('1,"column ""usage"": expected a number, got ""n0""",');
  expect(others).toHaveLength(N - Math.floor((N + 3) / 7) - 1);
});

it('names what cannot be read', () => {
  writeFileSync(file('no.parquet'), 'not Parquet');
  expect(predict('no.parquet', 'never.parquet').stderr).toMatch(
    /^error: .*no\.parquet: cannot be read as Parquet: [^\n]+\n$/,
  );
  writeParquet('nested.parquet', "[{ name: 'tags', data: list(() => [1, 2]), type: 'VARIANT' }]");
  expect(predict('nested.parquet', 'never.parquet').stderr).toMatch(
    /column "tags": expected one value per row, got a list or a group of values\n$/,
  );
  const piped = churn('predict', '--model', file('m.json'), '--input', '-', '--format', 'parquet');
  expect(piped.stderr).toMatch(/^error: --input -: expected a file/);
});

it('can be written and scored only once', () => {
  expect(predict('rows.parquet', 'once.parquet').status).toBe(0);
  expect(predict('once.parquet', 'twice.parquet').stderr).toMatch(/already has a column "churn_probability"/);
});

it('is rejected if it lacks a column of the model, which is not treated as missing values', () => {
  writeParquet('lacking.parquet', COLUMNS.replace("'usage'", "'usages'"));
  const args = ['--model', file('m.json'), '--input', file('lacking.parquet'), '--output', file('o.parquet')];
  const { status, stderr } = churn('predict', ...args);
  expect(stderr).toBe(
    `error: ${file('lacking.parquet')}: column "usage" is missing; did you mean "usages"? The table has: id, usages, plan, joined\n`,
  );
  expect(status).toBe(1);
});
