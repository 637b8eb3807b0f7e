import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Labels } from '@churn/core';
import { readTestPredictions, type TestPredictions, writeTestPredictions } from './test-predictions';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-test-predictions-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const written = () => readFileSync(join(folder, 'test_predictions.csv'), 'utf8');

async function readAgain({ probabilities, labels }: TestPredictions): Promise<TestPredictions> {
  const models = Object.fromEntries([...probabilities.keys()].map((name) => [name, {}]));
  const test = { rows: labels.length, classes: labels.classes.map(String) };
  return readTestPredictions(folder, { models, test } as never);
}

it('has the probability of the second of two classes, to the last digit', async () => {
  const p = Float64Array.of(1 / 3, 1e-12, 0.1 + 0.2);
  const predictions: TestPredictions = {
    rows: Int32Array.of(0, 7, 9),
    labels: Labels.from(['yes', 'no', 'yes'], ['yes', 'no']),
    probabilities: new Map([
      ['tree', [p.map((each) => 1 - each), p]],
      ['forest', [p, p.map((each) => 1 - each)]],
    ]),
  };
  await writeTestPredictions(folder, predictions);
  expect(written().split('\n').slice(0, 2)).toEqual([
    'row,label,tree,forest',
    '0,yes,0.3333333333333333,0.6666666666666667',
  ]);
  const read = await readAgain(predictions);
  expect(read.rows).toEqual(predictions.rows);
  expect(read.labels).toEqual(predictions.labels);
  expect(read.probabilities.get('tree')?.[1]).toEqual(p);
  expect([...read.probabilities.keys()]).toEqual(['tree', 'forest']);
});

it('has the probability of each of more classes, whatever their names', async () => {
  const classes = ['a:b', 'with "quotes", and commas', '1'];
  const predictions: TestPredictions = {
    rows: Int32Array.of(3),
    labels: Labels.from(['1'], classes),
    probabilities: new Map([['tree', [0.25, 0.25, 0.5].map((each) => Float64Array.of(each))]]),
  };
  await writeTestPredictions(folder, predictions);
  expect(written()).toBe('row,label,tree:a:b,"tree:with ""quotes"", and commas",tree:1\n3,1,0.25,0.25,0.5\n');
  expect(await readAgain(predictions)).toEqual(predictions);
});

it('accepts models named like other columns', async () => {
  const p = Float64Array.of(0.25);
  const predictions: TestPredictions = {
    rows: Int32Array.of(3),
    labels: Labels.from(['no'], ['no', ' yes ']),
    probabilities: new Map(['label', 'row'].map((name) => [name, [p.map((each) => 1 - each), p]])),
  };
  await writeTestPredictions(folder, predictions);
  expect(written().split('\n')[0]).toBe('row,label,label: yes ,row: yes ');
  expect(await readAgain(predictions)).toEqual(predictions);
});

it.each([
  ['row,label\n0,no\n', /test_predictions\.csv: expected a column "tree"$/],
  ['row,label,tree\n0,no,\n', /test_predictions\.csv, line 2, column "tree": expected a number, got ""$/],
  ['row,label,tree\n0,no,0.5\nx,no,0.5\n', /line 3, column "row": expected a number, got "x"$/],
  ['row,label,tree\n0,maybe,0.5\n', /test_predictions\.csv: .*maybe/],
  ['row,label,tree\n0,no', /test_predictions\.csv, line 2/],
])('rejects %j', async (content, message) => {
  writeFileSync(join(folder, 'test_predictions.csv'), content);
  const predictions = {
    rows: Int32Array.of(0),
    labels: Labels.from(['no'], ['no', 'yes']),
    probabilities: new Map([['tree', []]]),
  };
  await expect(readAgain(predictions)).rejects.toThrow(message);
});
