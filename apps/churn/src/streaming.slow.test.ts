import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@churn/core';
import { BIN } from './testing/bin';
import type { TrainingReport } from './training/training-report.js';

/** Training from files whose rows are learned from as they are read. */
const N = 4000;
const random = new Random(8);
const rows = Array.from({ length: N }, (_, i) => {
  const [usage, age] = [random.normal(), random.normal()];
  const city = random.int(40);
  const score = 1.5 * usage - age * (i % 2 ? 1 : -1) + (city % 4) - 1.5;
  return {
    id: i,
    plan: i % 2 ? 'basic' : 'plus',
    usage: i % 13 === 7 ? null : Number(usage.toFixed(4)),
    age: Math.round(40 + 12 * age),
    city: `town ${city}`,
    since: `2024-0${1 + (i % 9)}-11`,
    left: score + random.normal() > 0 ? 'yes' : 'no',
  };
});
const CONFIG = (more: string, data = 'file: data.csv') => `
seed: 3
data:
  ${data}
  target: left
  positive: "yes"
  columns:
    plan: { kind: category }
    usage: { kind: numeric }
    age: { kind: numeric, max: 200 }
    city: { kind: category }
    since: { kind: date }
    left: { kind: category }
models:
  boosting: { type: GradientBoostingClassifier, nEstimators: 40, learningRate: 0.2 }
split: { refit: false }
crossValidation: { folds: 2 }
threshold: { maximise: f1 }
output: { images: false, report: false, sample: { rows: 20 } }
workers: 1
${more}
`;

let folder: string;
const path = (name: string) => join(folder, name);
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });
const csvOf = (all: readonly object[]) =>
  [Object.keys(rows[0]), ...all.map((row) => Object.values(row).map((cell) => cell ?? ''))].join('\n');

/** Trains with a configuration, and reads the outcome of it. */
function train(out: string, more: string, data?: string) {
  writeFileSync(path(`${out}.yaml`), CONFIG(more, data));
  const { status, stderr, stdout } = churn('train', '--config', `${out}.yaml`, '--out', out);
  const read = (file: string) => JSON.parse(readFileSync(path(`${out}/latest/models/${file}`), 'utf8'));
  return {
    status,
    stderr,
    stdout,
    /** The pipeline of the model file, without how it was trained. */
    model: () => JSON.stringify(read('boosting.model.json').model),
    report: (): TrainingReport => read('training_report.json'),
  };
}

/** A training in memory, which others are held against. */
let inMemory: ReturnType<typeof train>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-streaming-'));
  writeFileSync(path('data.csv'), csvOf(rows));
  writeFileSync(path('data.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  inMemory = train('memory', 'training: { streaming: false }');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('streamed training', () => {
  it('fits the model of in-memory training if all rows are sampled', () => {
    const streamed = train('drawn', 'training: { streaming: true }');
    expect([inMemory.status, streamed.status]).toEqual([0, 0]);
    expect(streamed.model() === inMemory.model()).toBe(true);
    expect(streamed.report().models.boosting.test).toEqual(inMemory.report().models.boosting.test);
    expect(inMemory.report().data.sampled).toBeNull();
  });

  it('fits on all rows except the test rows, and performs about as well', () => {
    const { status, stderr, report } = train('streamed', 'training: { streaming: true, sampleRows: 1200 }');
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(stderr).toContain(
      'data.csv: 4,000 rows, streamed; columns, processing, parameters and threshold are determined from a random sample of 1,200',
    );
    const { data, models, refit } = report();
    expect(data).toMatchObject({ rows: N, train: N - 360, test: 360, sampled: 1200 });
    expect(data.classes.reduce((sum, each) => sum + each.rows, 0)).toBe(N);
    expect(refit).toBe(false);
    const best = inMemory.report().models.boosting.test.rocAuc;
    expect(models.boosting.test.rocAuc).toBeGreaterThan(best - 0.04);
    expect(models.boosting.test.rocAuc).toBeLessThan(best + 0.04);
    // The header is the first line.
    const tried = readFileSync(path('streamed/latest/test_predictions.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    expect(tried).toHaveLength(360);
    for (const [line, label] of tried.map((row) => row.split(',')))
      expect(rows[Number(line) - 2].left).toBe(label);
  });

  it('writes a model that scores files, also JSON lines', () => {
    const from = (data: string) => train('formats', 'training: { streaming: true, sampleRows: 1200 }', data);
    const ofLines = from('file: data.jsonl').model();
    const ofCsv = from('file: data.csv').model();
    expect(ofLines === ofCsv).toBe(true);
    const scored = churn(
      'predict',
      '--config',
      'formats.yaml',
      '--input',
      'data.csv',
      '--output',
      'scored.csv',
      '--model',
      'formats/latest/models/boosting.model.json',
    );
    expect({ ...scored }).toMatchObject({ status: 0 });
    expect(readFileSync(path('scored.csv'), 'utf8').trim().split('\n')).toHaveLength(N + 1);
  });

  it('searches boosting if no model is listed', () => {
    writeFileSync(
      path('auto.yaml'),
      CONFIG('training: { streaming: true, sampleRows: 300 }').replace(
        /models:\n.*\n/,
        'models: auto\npreset: fast\n',
      ),
    );
    const { status, stdout } = churn('train', '--config', 'auto.yaml', '--out', 'auto');
    expect(status).toBe(0);
    expect(stdout).toMatch(/boosting \(best\)/);
  });

  const refused: [string, string, string, (all: string[]) => unknown][] = [
    [
      'a row of too few fields',
      '',
      'bad.csv, line 3502: expected 7 fields, got 2; no value for column "usage"',
      (lines) => lines.splice(3501, 1, 'x,y'),
    ],
    [
      'a number that a column should not have',
      '',
      'bad.csv, column "age": expected 200 or less, got 999 in line 3502',
      (lines) => lines.splice(3501, 1, '1,basic,1,999,town 1,2024-01-11,no'),
    ],
    [
      'a label that is rare',
      '',
      'bad.csv, line 3502: the target "left" has "perhaps", which is not among the labels of 100 rows drawn at random: "no", "yes"; merge this rare label with another, or drop its rows',
      (lines) => lines.splice(3501, 1, '1,basic,1,9,town 1,2024-01-11,perhaps'),
    ],
    [
      'a row without a label',
      '',
      'bad.csv, line 3502: the target "left" has no value; training rows need one; set data.unlabelled: drop to drop those without',
      (lines) => lines.splice(3501, 1, '1,basic,1,9,town 1,2024-01-11,'),
    ],
    [
      'models of another type',
      'models: { forest: { type: RandomForestClassifier } }',
      'models.forest.type: expected GradientBoostingClassifier, since training streams rows, got RandomForestClassifier; training.streaming: false reads all of them into memory',
      () => undefined,
    ],
  ];

  it.each(refused)('rejects %s, and leaves nothing', (_, models, message, edit) => {
    const lines = csvOf(rows).split('\n');
    edit(lines);
    writeFileSync(path('bad.csv'), lines.join('\n'));
    const told = CONFIG('training: { streaming: true, sampleRows: 100 }', 'file: bad.csv');
    writeFileSync(path('bad.yaml'), models ? told.replace(/models:\n.*\n/, `${models}\n`) : told);
    const { status, stderr } = churn('train', '--config', 'bad.yaml', '--out', 'refused');
    expect(stderr).toContain(message);
    expect(status).toBe(1);
    expect(existsSync(path('refused/latest'))).toBe(false);
    const left = existsSync(path('refused/runs')) ? readdirSync(path('refused/runs')) : [];
    expect(left.filter((name) => !name.endsWith('.failed'))).toEqual([]);
  });

  it.each([
    ['duplicates', 'file: data.csv\n  duplicates: drop', 'data.duplicates: expected keep'],
    ['a key', 'file: data.csv\n  uniqueBy: [id]', 'data.uniqueBy: expected none'],
    ['a workbook', 'file: data.xlsx', 'data.file: expected CSV, JSON lines or Parquet'],
    ['a query', 'query: select 1', 'data.file: expected CSV, JSON lines or Parquet'],
  ])('rejects %s before reading any row', (_, data, message) => {
    const { status, stderr } = train('unsuited', 'training: { streaming: true }', data);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });
});
