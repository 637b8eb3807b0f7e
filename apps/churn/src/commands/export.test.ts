import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Row, Table } from '@churn/core';
import { loadScoringModel } from '../scoring/scoring-model';
import { saveSmallModel } from '../testing/small-model';
import { exportModel } from './export';

let folder: string;
const at = (name: string) => join(folder, name);
const model = () => ({ name: 'm.json', file: at('m.json') });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-export-'));
  await saveSmallModel(at('m.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const ROWS: readonly Row[] = Array.from({ length: 40 }, (_, i) => ({
  plan: ['A', 'B', 'C', null, 'never seen'][i % 5],
  usage: i % 7 === 0 ? null : (i * 31) % 100,
  age: 20 + i,
}));

/** What the module says of rows, in a process of its own. */
function predicted(file: string): { probability: number; prediction: string }[] {
  const script = `import { predict } from ${JSON.stringify(pathToFileURL(file).href)};
console.log(JSON.stringify(predict(${JSON.stringify(ROWS)})));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('an exported module predicts like the model, and reports its hash', async () => {
  const { text: summary } = await exportModel({ to: 'js', model: model(), output: at('model.mjs') });
  const scoring = await loadScoringModel(at('m.json'));
  expect(summary).toMatch(/model\.mjs \(\d+ (bytes|kB)\), .*model\.d\.mts \(\d+ bytes\); model hash/);
  expect(summary).toContain(scoring.hash);
  expect(readFileSync(at('model.mjs'), 'utf8')).toContain(scoring.hash);
  const kinds = new Map(scoring.model.schema.map(({ name, kind }) => [name, kind]));
  const expected = scoring.model.predictProba(Table.fromRows(ROWS, kinds));
  const received = predicted(at('model.mjs'));
  expect(received).toHaveLength(ROWS.length);
  received.forEach(({ probability }, row) => {
    expect(Math.abs(probability - expected[1][row])).toBeLessThan(1e-12);
  });
});

test('a distilled model keeps its threshold, and its loss is reported', async () => {
  const cells = (i: number) => ['A', 'B', 'C'][i % 3];
  const rows = Array.from({ length: 400 }, (_, i) => `${cells(i)},${(i * 31) % 100},${20 + (i % 50)}`);
  writeFileSync(at('rows.csv'), `plan,usage,age\n${rows.join('\n')}\n`);
  const { text: summary } = await exportModel({
    to: 'js',
    model: model(),
    output: at('small.mjs'),
    distil: true,
    data: at('rows.csv'),
  });
  expect(summary).toMatch(/distilled: on 100 rows held out, .*\d+\.\d % of predictions are the same/);
  expect(predicted(at('small.mjs'))).toHaveLength(ROWS.length);
});

test.each([
  [{ to: 'pmml' }, /--to: expected one of js, .*got pmml/],
  [{ dialect: 'duckdb' }, /--dialect: expected none with --to js, got duckdb/],
  [{ distil: true }, /--distil: expected --data FILE as well/],
  [{ data: 'rows.csv' }, /--data: expected --distil as well/],
])('%j is rejected, and nothing is written', async (options, message) => {
  const before = readdirSync(folder);
  const output = at('none.js');
  await expect(exportModel({ to: 'js', model: model(), output, ...options })).rejects.toThrow(message);
  expect(readdirSync(folder)).toEqual(before);
});

test('the model file is not overwritten', async () => {
  const output = at('m.json');
  await expect(exportModel({ to: 'js', model: model(), output })).rejects.toThrow(/a different file/);
  expect(existsSync(output)).toBe(true);
});
