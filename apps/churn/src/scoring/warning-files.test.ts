import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Classifier, type JsonObject, Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { LogisticRegression, VotingClassifier } from '@churn/models';
import { CategoryEncoder, DateParts, MeanImputer } from '@churn/transforms';
import { saveSmallModel } from '../testing/small-model';

/** What is odd about rows, in every format that they come in. */
const APP = join(__dirname, '../..');
const COLUMNS: JsonObject[] = [
  { name: 'plan', kind: 'category' },
  { name: 'usage', kind: 'numeric', min: 0 },
  { name: 'age', kind: 'numeric', integer: true, nullable: false },
];
/** The last is as the total of a report, but that it does not say so. */
const ROWS = [
  { id: '1', plan: 'A', usage: 5, age: 30 },
  { id: '2', plan: 'gold', usage: 7, age: 31 },
  { id: '3', plan: 'gold', usage: -0.5, age: 20.5 },
  { id: '4', plan: null, usage: 40_000, age: null },
];
const MOSTLY_EMPTY = 'most columns are empty, even those that were nearly always filled in training';
const WARNINGS = [
  '',
  'plan is "gold", not seen in training',
  'plan is "gold", not seen in training; usage is -0.5, expected 0 or more; age is 20.5, expected an integer',
  `usage is 40000, far beyond the training range (0 to 99); age is unknown, expected a value; ${MOSTLY_EMPTY}`,
];

/** Saves an ensemble of pipelines that read `start`, and `end`, written with the day first, as dates. */
async function saveDatedEnsemble(file: string): Promise<void> {
  const day = Array.from({ length: 80 }, (_, i) => 10 + ((i * 7) % 20));
  const x = Table.fromColumns({
    plan: day.map((_, i) => 'AB'[i % 2]),
    start: day.map((each) => `2024-03-${each}`),
    end: day.map((each) => `2024-04-${each}`),
  });
  const y = day.map((each, i) => (each + (i % 5) > 20 ? 'yes' : 'no'));
  const dates = new DateParts({ columns: ['start', 'end'], parts: ['month', 'day'] });
  const steps = [dates, new MeanImputer(), new CategoryEncoder({ folds: 2 })];
  const member = new Pipeline(steps, new LogisticRegression()) as unknown as Classifier;
  const ensemble = new Pipeline([], new VotingClassifier({ classifiers: [member, member] }));
  const columns: JsonObject[] = [
    { name: 'plan', kind: 'category' },
    { name: 'start', kind: 'date' },
    { name: 'end', kind: 'date', dateOrder: 'dayFirst' },
  ];
  await saveModel(file, ensemble.fit(x, y), { columns });
}

let folder: string;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [join(APP, 'bin/churn.js'), ...args], { cwd: folder, encoding: 'utf8' });
const predict = (input: string, output: string, ...more: string[]) =>
  churn('predict', '--model', 'm.json', '--input', input, '--output', output, ...more);

/** The Parquet libraries are modules, which this test is not. */
function inModule(script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, ...args],
    {
      cwd: APP,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-warnings-'));
  await saveSmallModel(path('m.json'), { columns: COLUMNS, predicts: 'leaving' });
  const lines = ROWS.map(({ id, plan, usage, age }) => [id, plan, usage, age].join(','));
  writeFileSync(path('rows.csv'), `${['id,plan,usage,age', ...lines].join('\n')}\n`);
  writeFileSync(path('rows.jsonl'), ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''));
  inModule(
    `import { parquetWriteFile } from 'hyparquet-writer';
    const [filename, text] = process.argv.slice(1);
    const rows = JSON.parse(text);
    const column = (name, type) => ({ name, type, data: rows.map((row) => row[name]) });
    parquetWriteFile({ filename, columnData: [column('id', 'STRING'), column('plan', 'STRING'), column('usage', 'DOUBLE'), column('age', 'DOUBLE')] });`,
    path('rows.parquet'),
    JSON.stringify(ROWS),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

function warningsIn(name: string): unknown[] {
  if (name.endsWith('.parquet')) {
    const script = `import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
      const rows = await parquetReadObjects({ file: await asyncBufferFromFile(process.argv[1]) });
      console.log(JSON.stringify(rows.map((row) => row.leaving_warnings)));`;
    return JSON.parse(inModule(script, path(name)));
  }
  const [header, ...lines] = read(name).trimEnd().split('\n');
  if (name.endsWith('.jsonl')) return [header, ...lines].map((line) => JSON.parse(line).leaving_warnings);
  expect(header).toBe('id,plan,usage,age,leaving_probability,leaving_prediction,leaving_warnings');
  return lines.map((line) =>
    line
      .split(',')
      .slice(6)
      .join(',')
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"'),
  );
}

it.each(['csv', 'jsonl', 'parquet'])(
  '%s: each row has its warnings, and the summary, or without one the log, their totals',
  (ending) => {
    const { status, stdout, stderr } = predict(`rows.${ending}`, `scored.${ending}`);
    expect(status).toBe(0);
    expect(warningsIn(`scored.${ending}`)).toEqual(WARNINGS);
    expect(stdout).toMatch(/│ plan: not seen in training +│ +"gold" │ +2 │/);
    expect(stdout).toMatch(/│ usage: expected 0 or more +│ +-0.5 │ +1 │/);
    expect(stderr).not.toContain('warning:');
    expect(predict(`rows.${ending}`, '-').stderr.split('\n').slice(1)).toEqual([
      `warning: rows.${ending}, column "plan": "gold" in 2 rows, not seen in training`,
      `warning: rows.${ending}, column "usage": -0.5 in 1 row, expected 0 or more`,
      `warning: rows.${ending}, column "age": 20.5 in 1 row, expected an integer`,
      `warning: rows.${ending}, column "usage": 40000 in 1 row, far beyond the training range (0 to 99)`,
      `warning: rows.${ending}, column "age": unknown in 1 row, expected a value`,
      `warning: rows.${ending}, 1 row: ${MOSTLY_EMPTY}`,
      '',
    ]);
  },
);

it.each(['csv', 'jsonl', 'parquet'])(
  '%s: --rules reject rejects rows that break rules, with all reasons',
  (ending) => {
    const { status, stderr } = predict(`rows.${ending}`, `strict.${ending}`, '--rules', 'reject');
    expect([status, stderr.split('\n')[0]]).toEqual([0, expect.stringContaining(', 2 rejected')]);
    expect(warningsIn(`strict.${ending}`)).toEqual(WARNINGS.slice(0, 2));
    const [header, third, fourth] = read(`strict.${ending}.rejected.csv`).split('\n');
    const first = ending === 'csv' ? 2 : 1;
    expect(header).toBe('line,reason,row');
    expect(third).toContain(
      `${first + 2},"column ""usage"": expected 0 or more, got -0.5; column ""age"": expected an integer, got 20.5",`,
    );
    expect(fourth).toContain(`${first + 3},"column ""age"": expected a value, got unknown",`);
  },
);

it('reports nothing if no value is unusual', () => {
  writeFileSync(path('good.csv'), 'plan,usage,age\nA,5,30\n');
  const { stdout, stderr } = predict('good.csv', 'good-scored.csv');
  expect(`${stdout}${stderr}`).not.toMatch(/warn/);
  expect(read('good-scored.csv')).toMatch(/^A,5,30,0\.\d+,[01],$/m);
});

it('rejects an input with a column of that name', () => {
  writeFileSync(path('taken.csv'), 'plan,usage,age,leaving_warnings\nA,5,30,x\n');
  const { status, stderr } = predict('taken.csv', 'never.csv');
  expect([status, stderr]).toEqual([
    1,
    'error: taken.csv already has a column "leaving_warnings": it was scored before; remove it first\n',
  ]);
  expect(existsSync(path('never.csv'))).toBe(false);
});

it('a new date is not reported as an unseen category, however it is written', async () => {
  await saveDatedEnsemble(path('dated.json'));
  writeFileSync(path('dated.csv'), 'plan,start,end\nA,2031-12-30,31/12/2031\ngold,2024-03-11,12.4.2024\n');
  const rows = ['--model', 'dated.json', '--input', 'dated.csv'];
  const { status, stdout } = churn('predict', ...rows, '--output', 'dated-scored.csv', '--explain', '--json');
  expect([status, JSON.parse(stdout).figures.warnings]).toEqual([
    0,
    [expect.objectContaining({ column: 'plan', rows: 1 })],
  ]);
  const [, first, second] = read('dated-scored.csv').split('\n');
  expect(first).not.toContain('not seen in training');
  expect(first).toMatch(/start is 2031-12-30: .*,$/);
  expect(second.match(/not seen in training/g)).toHaveLength(2);
  const explained = churn('explain', ...rows, '--row', '1').stdout;
  expect(explained).toMatch(/end is 2031-12-31: (raises|lowers|does not change) the probability/);
  expect(explained).not.toContain('not seen in training');
});

it('explain reports unseen and extreme values', () => {
  const { stdout } = churn('explain', '--model', 'm.json', '--input', 'rows.csv', '--row', '2', '4');
  expect(stdout).toMatch(
    /plan is "gold", not seen in training: (raises|lowers|does not change) the probability/,
  );
  expect(stdout).toMatch(/usage is 40,000 \(average 49\.5\), far beyond the training range: (raises|lowers)/);
  expect(stdout).toContain(`\nwarning: ${MOSTLY_EMPTY}\n`);
});
