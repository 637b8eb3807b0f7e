import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logLoss, rocAuc } from '@churn/selection';
import { readRun } from './runs/read-run';
import { readTestPredictions } from './runs/test-predictions';
import type { TrainingReport } from './training/training-report.js';

const BIN = join(__dirname, '../bin/churn.js');

/** A small business case: `Yes` is likelier with a high `usage` and on plan C, and one value in ten is missing. */
const HEADER = 'id,plan,usage,age,left';
const ROWS = Array.from({ length: 200 }, (_, i) => {
  const usage = (i * 37) % 100;
  const plan = 'ABC'[i % 3];
  const left = usage + (plan === 'C' ? 30 : 0) + ((i * 13) % 40) > 85 ? 'Yes' : 'No';
  return `${1000 + i},${i % 10 === 3 ? '' : plan},${i % 10 === 7 ? 'NA' : usage},${20 + (i % 50)},${left}`;
});
const CONFIG = `
data:
  file: data.csv
  target: left
  positive: Yes
  drop: [id]
crossValidation: { folds: 3 }
models:
  ridge: { type: LogisticRegression, C: 1 }
  lasso: { type: LogisticRegression, degree: 2, penalty: l1, C: 0.5 }
output: { sample: { file: sample.csv, rows: 20 } }
`;
/** Figures take most of the time, and most tests are not about them. */
const PLAIN = ['--no-images', '--no-report'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-cli-'));
  write('data.csv', [HEADER, ...ROWS].join('\n'));
  write('churn.yaml', CONFIG);
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('churn train', () => {
  it('continues if its output is closed', () => {
    const command = `"${process.execPath}" "${BIN}" train --config churn.yaml --out out ${PLAIN.join(' ')} 2>&1 | true`;
    spawnSync('sh', ['-c', command], { cwd: folder });
    const files = ['churn.log', 'models', 'run.json', 'sample.csv', 'test_predictions.csv'];
    expect(readdirSync(join(folder, 'out/latest')).sort()).toEqual(files);
    expect(readdirSync(join(folder, 'out/runs'))).toHaveLength(1);
  });

  it('names line and column of a non-finite value, whichever split has the row', () => {
    // Line 1 is the header.
    for (const line of [2, 60, 120, 201]) {
      const rows = ROWS.with(line - 2, '1,C,-1e200,30,Yes');
      write('data.csv', [HEADER, ...rows].join('\n'));
      const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out', ...PLAIN);
      expect(status).toBe(1);
      expect(stderr).toContain(`error: data.csv, line ${line}, column "usage": -1e+200 cannot be scored: `);
      expect(existsSync(join(folder, 'out/latest'))).toBe(false);
    }
  });

  it('trains forests and boosting, and scores rows with the best model', () => {
    const trees = `  forest: { type: RandomForestClassifier, nEstimators: 10, maxDepth: 4 }
  boosting: { type: GradientBoostingClassifier, nEstimators: 10, minSamplesLeaf: 5 }
`;
    write('churn.yaml', CONFIG.replace('output:', `${trees}output:`));
    expect(churn('train', '--config', 'churn.yaml', '--out', 'out', ...PLAIN).status).toBe(0);
    for (const name of ['forest', 'boosting']) {
      const model = `out/latest/models/${name}.model.json`;
      const { status } = churn('predict', '--input', 'data.csv', '--model', model, '--output', `${name}.csv`);
      expect(status).toBe(0);
      expect(read(`${name}.csv`).split('\n')[0]).toContain('churn_probability');
    }
  });

  it('writes the page without figure files, the files without the page, or neither', () => {
    write('churn.yaml', CONFIG);
    const written = (...options: string[]) => {
      expect(churn('train', '--config', 'churn.yaml', '--out', 'out', ...options).status).toBe(0);
      return readdirSync(join(folder, 'out/latest')).filter((name) => /images|report/.test(name));
    };
    expect(written('--no-images')).toEqual(['report.html']);
    expect(read('out/latest/report.html').match(/<figure[ >]/g)?.length).toBeGreaterThan(15);
    expect(written('--no-report')).toEqual(['images']);
    expect(written(...PLAIN)).toEqual([]);
  });

  it('writes models, metrics, a stratified sample of test rows and a log, and prints a table', () => {
    const { status, stdout } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(status).toBe(0);
    expect(readdirSync(join(folder, 'out/latest')).sort()).toEqual([
      'churn.log',
      'images',
      'models',
      'report.html',
      'run.json',
      'sample.csv',
      'test_predictions.csv',
    ]);
    const page = read('out/latest/report.html');
    expect(page).toContain('<title>left: training report</title>');
    expect(page.match(/<figure[ >]/g)?.length).toBeGreaterThan(15);
    const figures = [
      'eda/left_dist.png',
      'eda/plan_dist.svg',
      'results/roc_plots.png',
      'results/classification_report_lasso.svg',
    ];
    for (const figure of figures) expect(existsSync(join(folder, 'out/latest/images', figure))).toBe(true);
    expect(readdirSync(join(folder, 'out/latest/models')).sort()).toEqual([
      'lasso.model.json',
      'ridge.model.json',
      'training_report.json',
      'training_report.md',
    ]);

    const report: TrainingReport = JSON.parse(read('out/latest/models/training_report.json'));
    expect(Object.keys(report.models)).toEqual(['ridge', 'lasso']);
    const [first, second] = Object.values(report.models).map(({ cv }) => cv);
    const ranks = first.rocAuc.mean > second.rocAuc.mean ? ['ridge', 'lasso'] : ['lasso', 'ridge'];
    const [ahead, behind] = ranks.map((name) => report.models[name].cv);
    const isClose = ahead.rocAuc.mean - behind.rocAuc.mean <= ahead.rocAuc.std / Math.sqrt(2);
    const isTruer = behind.logLoss.mean < ahead.logLoss.mean;
    expect(report.best).toBe(ranks[isClose && isTruer ? 1 : 0]);
    expect(report.leaderboard.map(({ name }) => name)).toEqual(ranks);
    for (const { test, cv, threshold } of Object.values(report.models)) {
      const [low, high] = test.rocAucInterval;
      expect(low).toBeLessThanOrEqual(test.rocAuc);
      expect(high).toBeGreaterThanOrEqual(test.rocAuc);
      expect(test.rocAuc).toBeGreaterThan(0.9);
      expect(cv.rocAuc.folds).toHaveLength(3);
      expect(threshold).toBeNull();
    }
    const readable = read('out/latest/models/training_report.md');
    expect(readable).toContain(`**${report.best}** is the best model`);
    expect(readable).toContain(report.data.sha256);

    const [header, ...sample] = read('out/latest/sample.csv').trimEnd().split('\n');
    expect(header).toBe(HEADER);
    expect(sample).toHaveLength(20);
    expect(ROWS).toEqual(expect.arrayContaining(sample));
    const share = (rows: string[]) => rows.filter((row) => row.endsWith('Yes')).length / rows.length;
    expect(Math.abs(share(sample) - share(ROWS))).toBeLessThanOrEqual(1 / 20);

    expect(stdout).toContain(`${report.best} (best)`);
    expect(stdout).toContain(report.models[report.best].test.rocAuc.toFixed(4));
    expect(read('out/latest/churn.log')).toContain('200 rows, 3 feature columns');
  });

  it('records the run and the predictions of its held-out rows', async () => {
    const { stdout } = churn('train', '--config', 'churn.yaml', '--out', 'out', '--seed', '5', ...PLAIN);
    const [id] = readdirSync(join(folder, 'out/runs'));
    expect(stdout).toMatch(new RegExp(`\nrun: ${id}\n$`));
    const record = await readRun(join(folder, 'out'), id);
    const report: TrainingReport = JSON.parse(read('out/latest/models/training_report.json'));
    const { sha256, contentSha256, rows } = report.data;
    expect(record.data).toEqual({ file: 'data.csv', sha256, contentSha256, rows, sampled: null });
    expect(record).toMatchObject({ id, seed: 5, best: report.best, versions: report.versions, git: null });
    expect(record.config).toMatchObject({
      seed: 5,
      crossValidation: { folds: 3 },
      models: { lasso: { C: [0.5] } },
    });
    const predictions = await readTestPredictions(join(folder, 'out/latest'), record);
    expect(predictions.rows).toHaveLength(record.test.rows);
    const labels = Array.from(predictions.rows, (row) => ROWS[row].split(',').at(-1));
    expect(predictions.labels.toArray()).toEqual(labels);
    for (const [name, { metrics }] of Object.entries(record.models)) {
      const said = predictions.probabilities.get(name) as Float64Array[];
      expect(rocAuc(predictions.labels, said[1])).toBe(metrics.rocAuc);
      expect(logLoss(predictions.labels, said)).toBeCloseTo(metrics.logLoss, 12);
      const { rocAucInterval, ...figures } = report.models[name].test;
      expect(metrics).toEqual(figures);
    }
  });

  it('accepts empty columns, names that map to one file, and a class too rare for the sample', () => {
    const plans = ROWS.map((row, i) => row.replace(/[^,]*$/, i < 8 ? 'Perhaps' : '$&'));
    const rows = plans.map((row, i) => `,,${i % 7},${row}`);
    write('data.csv', [`none,no_age,Age,${HEADER}`, ...rows].join('\n'));
    const several = CONFIG.replace(
      '  positive: Yes\n',
      '  columns: { none: { kind: numeric }, no_age: { kind: category }, Age: { kind: numeric }, age: { kind: numeric }, usage: { kind: numeric } }\n',
    );
    write('churn.yaml', several.replace('rows: 20', 'rows: 5'));
    const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(`${status} ${stderr}`).toMatch(/^0 /);
    const figures = readdirSync(join(folder, 'out/latest/images/eda')).filter((file) =>
      file.endsWith('.svg'),
    );
    expect(figures).toEqual(expect.arrayContaining(['age_dist.svg', 'age_dist_2.svg', 'no_age_dist.svg']));
    expect(figures).not.toContain('none_dist.svg');
    expect(read('out/latest/sample.csv').trimEnd().split('\n')).toHaveLength(6);
    const explain = [
      '--input',
      'data.csv',
      '--model',
      'out/latest/models/ridge.model.json',
      '--output',
      'scored.csv',
    ];
    expect(churn('predict', ...explain, '--explain').status).toBe(0);
    expect(read('scored.csv').trimEnd().split('\n')).toHaveLength(201);
  });

  it('writes byte-identical model files with the same seed, and different ones with another', () => {
    for (const [out, seed] of [
      ['a', '7'],
      ['b', '7'],
      ['c', '8'],
    ]) {
      expect(churn('train', '--config', 'churn.yaml', '--out', out, '--seed', seed, ...PLAIN).status).toBe(0);
    }
    for (const file of ['models/ridge.model.json', 'models/lasso.model.json', 'sample.csv']) {
      expect(read(join('b/latest', file))).toBe(read(join('a/latest', file)));
    }
    expect(read('c/latest/models/ridge.model.json')).not.toBe(read('a/latest/models/ridge.model.json'));
  });

  it('tries all combinations of listed values, with --quick only the first of each', () => {
    write(
      'churn.yaml',
      CONFIG.replace('degree: 2, penalty: l1, C: 0.5', 'degree: [1, 2], penalty: [l1, l2], C: [0.5, 2]'),
    );
    expect(churn('train', '--config', 'churn.yaml', '--out', 'all', ...PLAIN).status).toBe(0);
    expect(churn('train', '--config', 'churn.yaml', '--out', 'quick', '--quick', ...PLAIN).status).toBe(0);
    const lasso = (out: string) => JSON.parse(read(`${out}/latest/models/training_report.json`)).models.lasso;
    expect(lasso('all').candidates).toBe(8);
    expect(lasso('quick').candidates).toBe(1);
    expect(lasso('quick').parameters).toMatchObject({ degree: 1, penalty: 'l1', C: 0.5 });
  });

  it('writes the same models with one worker and with several', () => {
    write('one.yaml', `${CONFIG}workers: 1\n`);
    write('three.yaml', `${CONFIG}workers: 3\n`);
    expect(churn('train', '--config', 'one.yaml', '--out', 'one', ...PLAIN).status).toBe(0);
    expect(churn('train', '--config', 'three.yaml', '--out', 'three', ...PLAIN).status).toBe(0);
    for (const model of ['ridge', 'lasso']) {
      expect(read(`three/latest/models/${model}.model.json`)).toBe(
        read(`one/latest/models/${model}.model.json`),
      );
    }
  });

  it('records the threshold chosen by the rule in the report and the model file', () => {
    write('churn.yaml', `extends: base.yaml\nthreshold: { minRecall: 0.95 }\n`);
    write('base.yaml', CONFIG);
    expect(churn('train', '--config', 'churn.yaml', '--out', 'out', ...PLAIN).status).toBe(0);
    const { ridge } = JSON.parse(read('out/latest/models/training_report.json')).models;
    expect(ridge.threshold.recall).toBeGreaterThanOrEqual(0.95);
    const { model } = JSON.parse(read('out/latest/models/ridge.model.json'));
    expect(model.state.model).toMatchObject({
      type: 'ThresholdClassifier',
      state: { threshold: ridge.threshold.threshold },
    });
  });

  it('trains support vector machines and models of the JavaScript ecosystem', () => {
    const machines = `  svc: { type: SVC, C: [1, 10], gamma: [scale, auto] }
  libsvm: { type: LibsvmSvc }
  mlforest: { type: MlRandomForest, nEstimators: 5 }
  mlregression: { type: MlLogisticRegression, numSteps: 200 }
`;
    write('churn.yaml', CONFIG.replace('output:', `${machines}output:`));
    const { status, stdout } = churn('train', '--config', 'churn.yaml', '--out', 'out', ...PLAIN);
    expect(status).toBe(0);
    for (const name of ['svc', 'libsvm', 'mlforest', 'mlregression']) {
      expect(stdout).toContain(name);
      const model = `out/latest/models/${name}.model.json`;
      expect(churn('predict', '--input', 'data.csv', '--model', model).status).toBe(0);
    }
  });

  it('leaves out duplicate keys, and columns dropped by a wildcard', () => {
    const doubled = [HEADER, ...ROWS, ROWS[5], ROWS[9]].map(
      (row, i) => `${row},${i === 0 ? 'Leak_1' : row.slice(-2)}`,
    );
    write('data.csv', doubled.join('\r\n'));
    write('churn.yaml', CONFIG.replace('drop: [id]', 'drop: [id, "Leak_*"]\n  uniqueBy: [id]'));
    expect(churn('train', '--config', 'churn.yaml', '--out', 'out', ...PLAIN).status).toBe(0);
    expect(read('out/latest/churn.log')).toContain('200 rows (duplicates dropped: 2), 3 feature columns');
  });

  it('fits on declared columns only, and reports all violations of the declaration at once', () => {
    const columns = `
  columns:
    plan: { kind: category, levels: [A, B] }
    usage: { kind: numeric, max: 50 }
`;
    write('churn.yaml', CONFIG.replace('  drop: [id]\n', columns));
    const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(status).toBe(1);
    expect(stderr).toContain('"plan"');
    expect(stderr).toContain('"usage"');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

describe('churn predict', () => {
  /** What one training has written; each test begins with a copy. */
  let trained: string | undefined;
  beforeEach(() => {
    if (trained === undefined) {
      expect(churn('train', '--config', 'churn.yaml', '--out', 'outputs', ...PLAIN).status).toBe(0);
      trained = mkdtempSync(join(tmpdir(), 'churn-cli-trained-'));
      cpSync(join(folder, 'outputs'), trained, { recursive: true, verbatimSymlinks: true });
    } else {
      cpSync(trained, join(folder, 'outputs'), { recursive: true, verbatimSymlinks: true });
    }
  });
  afterAll(() => rmSync(trained ?? '', { recursive: true, force: true }));

  it('reports its results in one JSON shape, errors included', () => {
    const told = (...args: string[]) => {
      const { status, stdout, stderr } = churn(...args, '--config', 'churn.yaml', '--json');
      const errors = stderr.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
      return { status, stdout, errors };
    };
    const scored = told('predict', '--input', 'data.csv', '--output', 'scored.csv');
    const { figures, ...outcome } = JSON.parse(scored.stdout);
    expect(outcome).toEqual({
      command: 'predict',
      files: [{ what: 'scored rows', path: 'scored.csv' }],
      next: ['explain', 'monitor'].map((each) => `churn ${each} --input data.csv --config churn.yaml`),
    });
    expect(figures).toMatchObject({
      scored: 200,
      rejected: 0,
      predicted: [{ label: 'No' }, { label: 'Yes' }],
    });
    expect(scored.errors.map(({ level }) => level)).toEqual(expect.arrayContaining(['info']));
    const run = JSON.parse(told('runs', 'show', 'latest').stdout);
    expect(run).toMatchObject({ command: 'runs show', files: [], figures: { best: expect.any(String) } });
    for (const [args, code, message] of [
      [['predict', '--input', 'none.csv', '--output', 'x.csv'], 'invalid-file', 'none.csv'],
      [['predict', '--input', 'data.csv'], 'invalid-parameter', '--json: expected --output FILE'],
      [['train', '--preset', 'fats'], 'invalid-parameter', "'fats' is invalid: expected one of fast"],
      [['train', '--sed', '1'], 'invalid-parameter', "unknown option '--sed' (Did you mean --seed?)"],
      [['runs', 'shwo'], 'invalid-parameter', "unknown command 'shwo' (Did you mean show?)"],
      [['search', '--folder', 'f'], 'invalid-parameter', 'expected one of --shard and --join, got neither'],
    ] as const) {
      const { status, stdout, errors } = told(...args);
      expect([status, stdout]).toEqual([1, '']);
      expect(errors).toEqual([{ level: 'error', code, message: expect.stringContaining(message) }]);
    }
  });

  it('scores rows in order with the best model, without label and ID columns', () => {
    const stripped = ROWS.slice(0, 30).map((row) => row.split(',').slice(1, 4).join(','));
    write('new.csv', ['plan,usage,age', ...stripped].join('\n'));
    const { status, stdout } = churn('predict', '--config', 'churn.yaml', '--input', 'new.csv');
    expect(status).toBe(0);
    const [header, ...scored] = stdout.trimEnd().split('\n');
    expect(header).toBe('plan,usage,age,churn_probability,churn_prediction,churn_warnings');
    expect(scored.map((row) => row.split(',').slice(0, 3).join(','))).toEqual(stripped);
    for (const row of scored) {
      const [probability, prediction] = row.split(',').slice(3).map(Number);
      expect(prediction).toBe(probability > 0.5 ? 1 : 0);
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
    }
  });

  it('reads standard input, accepts columns in any order, and scores a row as in the whole file', () => {
    const model = 'outputs/latest/models/ridge.model.json';
    const whole = churn('predict', '--model', model, '--input', 'data.csv').stdout.trimEnd().split('\n');
    const reordered = [
      'left,age,usage,plan',
      ...ROWS.map((row) => row.split(',').slice(1).reverse().join(',')),
    ];
    const one = spawnChurn(['predict', '--model', model, '--input', '-'], reordered.slice(0, 2).join('\r\n'));
    expect(one.status).toBe(0);
    expect(one.stdout.trimEnd().split('\n')[1].split(',').at(-3)).toBe(whole[1].split(',').at(-3));
  });

  it('scores unseen categories and missing values, and leaves quoted and unnamed columns unchanged', () => {
    write('new.csv', ',plan,usage,age\n0,Z,,\n1,,1e3,NaN\n"a ""b"", c",A,5,30\n');
    const { status, stdout } = churn('predict', '--config', 'churn.yaml', '--input', 'new.csv');
    expect(status).toBe(0);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toBe(',plan,usage,age,churn_probability,churn_prediction,churn_warnings');
    expect(rows[0]).toMatch(/^0,Z,,,0\.\d+,[01],"plan is ""Z"", not seen in training"$/);
    expect(rows[1]).toMatch(/^1,,1e3,NaN,[\d.e-]+,[01],/);
    expect(rows[2]).toMatch(/^"a ""b"", c",A,5,30,/);
  });

  it('names a model as the user did', () => {
    write('new.csv', 'plan,usage,age\nA,5,30\n');
    expect(churn('promote', 'latest', '--as', 'champion', '--config', 'churn.yaml').status).toBe(0);
    const args = ['--config', 'churn.yaml', '--input', 'new.csv', '--model', 'champion'];
    const { stderr } = churn('predict', ...args, '--output', 'scored.csv');
    expect(stderr).toContain('scored 1 row of new.csv with champion: ');
    expect(churn('explain', ...args)).toMatchObject({
      status: 0,
      stdout: expect.not.stringMatching(/[0-9a-f]{64}/),
    });
  });

  it('rejects rows that cannot be scored, with line and reason, and scores the others', () => {
    write('new.csv', 'plan,usage,age\nA,5,30\nB,lots,31\nC,7\n"C, D",7,many\nC,99,40\n');
    const args = ['predict', '--config', 'churn.yaml', '--input', 'new.csv'];
    const { status, stdout, stderr } = churn(...args, '--output', 'scored.csv');
    expect(status).toBe(0);
    expect(stderr).toContain('scored 2 rows of new.csv');
    expect(stderr).toContain('3 rejected');
    expect(stdout).toContain('rejected rows: scored.csv.rejected.csv');
    const scored = read('scored.csv').trimEnd().split('\n');
    expect(scored.map((row) => row.split(',')[1])).toEqual(['usage', '5', '99']);
    expect(read('scored.csv.rejected.csv').trimEnd().split('\n')).toEqual([
      'line,reason,row',
      '3,"column ""usage"": expected a number, got ""lots""","B,lots,31"',
      '4,"expected 3 fields, got 2; no value for column ""age""","C,7"',
      '5,"column ""age"": expected a number, got ""many""","""C, D"",7,many"',
    ]);
    const piped = churn(...args);
    expect(piped.stdout.trimEnd().split('\n')).toEqual(scored);
    expect(piped.stderr).toContain('new.csv, line 3: column "usage"');
  });

  it('scores JSON lines like CSV, and keeps their other fields', () => {
    const rows = ROWS.slice(0, 20).map((row) => row.split(','));
    const numberOf = (text: string) => (text === 'NA' ? null : Number(text));
    const objects = rows.map(([id, plan, usage, age]) => ({
      note: { id, 'a.b': [1] },
      usage: numberOf(usage),
      plan: plan || null,
      age: Number(age),
    }));
    const lines = [
      ...objects.map((object) => JSON.stringify(object)),
      '{"usage": "lots"}',
      'no json',
      '',
      '[1]',
    ];
    write('new.jsonl', `\uFEFF${lines.join('\r\n')}\n`);
    write('new.csv', [HEADER, ...ROWS.slice(0, 20)].join('\n'));
    const args = ['predict', '--config', 'churn.yaml', '--input'];
    expect(churn(...args, 'new.jsonl', '--output', 'scored.jsonl').status).toBe(0);
    const ofCsv = churn(...args, 'new.csv')
      .stdout.trimEnd()
      .split('\n')
      .slice(1);
    const scored = read('scored.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(
      scored.map(({ churn_probability, churn_prediction, churn_warnings, ...object }) => object),
    ).toEqual(objects);
    expect(scored.map((row) => String(row.churn_probability))).toEqual(
      ofCsv.map((row) => row.split(',').at(-3)),
    );
    const reasons = read('scored.jsonl.rejected.csv');
    expect(reasons).toContain('21,"column ""usage"": expected a number, got ""lots""');
    expect(reasons).toMatch(/22,.*not JSON/);
    expect(reasons).toContain('24,expected a JSON object');
  });

  it('adds reasons in words, strongest first, and explains rows without scoring them', () => {
    const args = ['--config', 'churn.yaml', '--input', 'data.csv'];
    const { status } = churn('predict', ...args, '--output', 'scored.csv', '--explain');
    expect(status).toBe(0);
    const [header, first] = read('scored.csv').split('\n');
    expect(header).toMatch(/,churn_reason_1,churn_reason_2,churn_reason_3,churn_warnings$/);
    expect(first).toMatch(/usage is 0 \(average [\d.]+\): lowers the probability a lot/);
    const explained = churn('explain', ...args, '--row', '1', '--top', '2');
    expect(explained.status).toBe(0);
    expect(explained.stdout).toMatch(/row 1 \(line 2\): probability 0\.\d{4}/);
    expect(explained.stdout).toMatch(/usage is 0 \(average [\d.]+\): lowers the probability a lot/);
    expect(explained.stdout.match(/the probability/g)).toHaveLength(2);
    expect(churn('explain', ...args).stdout.match(/row \d+ \(line \d+\): probability/g)).toHaveLength(3);
    expectMistake(
      churn('explain', ...args, '--row', '500'),
      /--row: expected a row from 1 to 200 of data\.csv, got 500/,
    );
  });

  it('leaves the output unchanged after an error', () => {
    write('scored.csv', 'precious');
    write('new.csv', `plan,usage,age\n${'A,5,30\n'.repeat(300_000)}B,"6`);
    const { status, stderr } = churn(
      ...['predict', '--config', 'churn.yaml', '--input', 'new.csv', '--output', 'scored.csv'],
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/new\.csv, line 300002, column "usage": a quote is opened here/);
    expect(read('scored.csv')).toBe('precious');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes to a file, and reports the most frequent prediction', () => {
    const { status, stdout } = churn(
      ...['predict', '--config', 'churn.yaml', '--input', 'data.csv', '--output', 'deep/scored.csv'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('deep/scored.csv');
    expect(read('deep/scored.csv').trimEnd().split('\n')).toHaveLength(201);
  });
});

describe('the data in the output of training', () => {
  const left = (row: string) => row.endsWith('Yes');

  it('log, report and page show the kinds of columns, warnings and left-out columns', () => {
    const rows = ROWS.map((row, i) => {
      const gone = left(row) ? `2024-03-${10 + (i % 20)}` : '';
      const usage = i === 4 ? '#N/V' : row.split(',')[2];
      return `${row.split(',').with(2, usage).join(',')},${gone}`;
    });
    write('data.csv', [`${HEADER},gone on`, ...rows, ROWS[9].replace(/,\w+$/, ',,')].join('\n'));
    write('churn.yaml', CONFIG.replace('  drop: [id]', '  unlabelled: drop'));
    const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(`${status} ${stderr}`).toMatch(
      /^0 .*data\.csv: 200 rows \(dropped without a label: 1\), 4 feature columns/,
    );
    const log = read('out/latest/churn.log');
    const warnings = [
      /"usage": .*1 value.* read as missing: "#N\/V" \(line 6\)/,
      /"left": 1 row has no value and is dropped, first in line 202/,
      /"gone on": the presence of a value alone ranks the target with an AUC of 1\.0000/,
    ];
    for (const warning of warnings) {
      expect(stderr).toMatch(new RegExp(`warn: ${warning.source}`));
      expect(log).toMatch(warning);
    }
    for (const told of [stderr, log]) {
      expect(told).toMatch(/columns read: 2 numeric, 1 category, 1 date; not used as features: id \(an ID/);
      expect(told).toMatch(/read as missing: "usage" "NA" \(20 times, first in line 9\)/);
    }
    const report: TrainingReport = JSON.parse(read('out/latest/models/training_report.json'));
    expect(report.data.warnings).toHaveLength(3);
    expect(report.data.columns.map(({ column, use }) => [column.name, column.kind, use])).toEqual([
      ['id', 'numeric', 'drop'],
      ['plan', 'category', 'learn'],
      ['usage', 'numeric', 'learn'],
      ['age', 'numeric', 'learn'],
      ['left', 'category', 'target'],
      ['gone on', 'date', 'learn'],
    ]);
    for (const file of ['models/training_report.md', 'report.html']) {
      const text = read(`out/latest/${file}`);
      expect(text).toContain('How the columns were read');
      expect(text).toContain('the presence of a value alone ranks the target');
      expect(text.match(/the presence of a value/g)).toHaveLength(1);
    }
  });

  it('shows the same count of duplicate rows everywhere, which are kept by default', () => {
    write('data.csv', [HEADER, ...ROWS, ROWS[5], ROWS[9], ROWS[5]].join('\n'));
    const trained = (config: string, ...more: string[]) => {
      write('churn.yaml', config);
      const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out', ...more);
      expect(status).toBe(0);
      const { data }: TrainingReport = JSON.parse(read('out/latest/models/training_report.json'));
      return { stderr, data };
    };
    const kept = trained(CONFIG);
    expect(kept.stderr).toContain('203 rows (equal to an earlier row, but kept: 3)');
    expect(kept.data).toMatchObject({ rows: 203, duplicates: 0, equalRows: 3 });
    expect(read('out/latest/report.html')).toMatch(/equal rows kept<\/dt>\s*<dd>3</);
    const dropped = trained(CONFIG.replace('drop: [id]', 'drop: [id]\n  duplicates: drop'), ...PLAIN);
    expect(dropped.stderr).toContain('200 rows (duplicates dropped: 3)');
    expect(dropped.data).toMatchObject({ rows: 200, duplicates: 3, equalRows: 0 });
  });
});

describe('churn eda', () => {
  it('writes a profile, figures and a page', () => {
    const { status, stdout } = churn('eda', '--config', 'churn.yaml', '--out', 'out');
    expect(status).toBe(0);
    expect(stdout).toContain('profile: out/eda/latest/profile.json');
    const profile = JSON.parse(read('out/eda/latest/profile.json'));
    expect(profile).toMatchObject({ rows: 200, target: { name: 'left', positive: 'Yes' } });
    expect(read('out/eda/latest/report.html')).toContain('<title>left: the data</title>');
    expect(existsSync(join(folder, 'out/eda/latest/images/corr_heatmap.png'))).toBe(true);
  });

  it('draws the configured columns, and reports missing ones', () => {
    write('churn.yaml', `${CONFIG}eda: { figures: { who_left: left, gone: nowhere } }\n`);
    const { status, stderr } = churn('eda', '--config', 'churn.yaml', '--out', 'out');
    expect(status).toBe(0);
    expect(stderr).toContain('eda.figures: there is no column "nowhere"');
    const files = readdirSync(join(folder, 'out/eda/latest/images'));
    expect(files).toContain('who_left.svg');
    expect(files).not.toContain('plan_dist.svg');
  });
});

describe('churn validate', () => {
  it('reports all violations of the declaration, or success', () => {
    const columns =
      'columns: { usage: { kind: numeric, max: 99 }, plan: { kind: category, levels: [A, B, C] } }';
    write('churn.yaml', CONFIG.replace('drop: [id]', columns));
    const good = churn('validate', '--config', 'churn.yaml');
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toBe('data.csv: 200 rows and 2 columns are as declared\n');

    write('bad.csv', 'usage,plan\n100,A\nmany,D\n');
    const { status, stdout, stderr } = churn('validate', '--config', 'churn.yaml', '--data', 'bad.csv');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('column "usage": expected a number, got "many" in line 3');
    expect(stderr).toContain('column "usage": expected 99 or less, got 100 in line 2');
    // Rows to be scored may have other levels.
    expect(stderr).not.toContain('"plan"');
  });

  it('accepts what training accepts, also in the target, but not the levels of scored rows', () => {
    const columns = 'columns: { plan: { kind: category, levels: [A, B, C] }, usage: { kind: numeric } }';
    const validate = (data: string) => {
      write('new.csv', data);
      return churn('validate', '--config', 'churn.yaml', '--data', 'new.csv');
    };
    write('churn.yaml', CONFIG.replace('drop: [id]', columns));
    const unseen = validate('plan,usage\nA,1\nD,2\nD,3\n,4\n');
    expect(unseen.stdout).toBe(
      'new.csv: 4 rows and 2 columns are as declared (without the target "left")\n' +
        'note: "plan": 2 rows have a level that is not declared: "D"\n',
    );
    for (const [rows, message] of [
      [
        ['D,1,No', ...ROWS.map((row) => row.split(',').toSpliced(3, 1).slice(1).join(','))],
        /"plan": expected one of "A", "B", "C"/,
      ],
      [['A,1,No', 'A,2,Maybe', 'B,3,Yes'], /expected two labels .*got 3/],
      [['A,1,No', 'A,2,', 'B,3,Yes'], /line 3: the target "left" has no value/],
      [['A,1,No', 'A,2,No', 'B,3,Yes', 'B,3,Yes'], /too few for 3 folds/],
    ] as const) {
      const { status, stderr } = validate(['plan,usage,left', ...rows].join('\n'));
      expect(status).toBe(1);
      expect(stderr).toMatch(message);
      expect(churn('train', '--config', 'churn.yaml', '--data', 'new.csv').stderr).toBe(stderr);
    }
  });

  it('requires declared columns', () => {
    expectMistake(churn('validate', '--config', 'churn.yaml'), /data\.columns: expected the columns/);
  });
});

describe('churn init', () => {
  it('rejects a positive label that the data lacks', () => {
    expectMistake(
      churn('init', '--data', 'data.csv', '--target', 'left', '--positive', 'yes', '--out', 'out'),
      /--positive yes: expected a label of "left" in data\.csv, which has "No", "Yes"/,
    );
  });

  it('writes a configuration of another business case that trains and predicts unchanged', () => {
    write('loans.csv', [HEADER.replace('left', 'repaid'), ...ROWS].join('\n'));
    const made = churn('init', '--data', 'loans.csv', '--target', 'repaid', '--out', 'loans');
    expect(made.status).toBe(0);
    // What is piped is the result alone.
    expect(made.stdout).not.toContain('next:');
    const config = read('loans/config/churn.yaml');
    expect(made.stdout).toMatch(/│ id +│ numeric +│ +│ +200 │ 1000 +│ drop +│ an ID/);
    expect(made.stdout).toMatch(/│ plan +│ category │ +10\.0% │ +3 │ A +│ learn +│/);
    expect(config).toMatch(/^# Dropped, .*: id\.$/m);
    expect(config).toMatch(/^ +- id # an ID/m);
    expect(config).toMatch(/positive: "?Yes"?/);
    const at = ['--config', 'loans/config/churn.yaml'];
    expect(churn('validate', ...at).status).toBe(0);
    expect(churn('train', ...at, '--quick', ...PLAIN).status).toBe(0);
    expect(churn('predict', ...at, '--input', 'loans.csv', '--output', 'scored.csv').status).toBe(0);
    expectMistake(
      churn('init', '--data', 'loans.csv', '--target', 'repaid', '--out', 'loans'),
      /loans\/config\/churn\.yaml: a configuration already exists/,
    );
  });

  it('supports more than two labels, and expands dates', () => {
    const rows = ROWS.map((row, i) => `${row},202${i % 4}-0${1 + (i % 9)}-15`);
    write('dated.csv', [`${HEADER},joined`, ...rows].join('\n').replaceAll(/,,/g, ',A,'));
    expect(churn('init', '--data', 'dated.csv', '--target', 'plan', '--out', 'plans').status).toBe(0);
    const config = read('plans/config/churn.yaml');
    expect(config).toMatch(/joined:\s+kind: date/);
    expect(config).not.toMatch(/positive|threshold/);
    const at = ['--config', 'plans/config/churn.yaml'];
    expect(churn('train', ...at, '--quick', ...PLAIN).status).toBe(0);
    expect(churn('predict', ...at, '--input', 'dated.csv', '--output', 'scored.csv').status).toBe(0);
    expect(read('scored.csv').split('\n')[0]).toMatch(
      /,plan_prediction,plan_probability_A,plan_probability_B,plan_probability_C,plan_warnings$/,
    );
  });

  it('detects the delimiter, and all later commands use it', () => {
    const semicolons = (lines: readonly string[]) => lines.join('\n').replaceAll(',', ';');
    write('semi.csv', semicolons([HEADER, ...ROWS]));
    expect(churn('init', '--data', 'semi.csv', '--target', 'left', '--out', 'semi').status).toBe(0);
    const at = ['--config', 'semi/config/churn.yaml'];
    expect(read(at[1])).toMatch(/delimiter: "?;"?\n/);
    expect(churn('validate', ...at).status).toBe(0);
    expect(churn('train', ...at, '--quick', ...PLAIN).status).toBe(0);
    expect(read('semi/outputs/latest/sample.csv')).toMatch(/^id;plan;usage;age;left\n/);
    write('new.csv', semicolons([HEADER, ROWS[0], '1;A;many;30;No']));
    expect(churn('predict', ...at, '--input', 'new.csv', '--output', 'scored.csv').status).toBe(0);
    const [head, row] = read('scored.csv').split('\n');
    expect(head).toBe('id;plan;usage;age;left;left_probability;left_prediction;left_warnings');
    expect(row).toMatch(/^1000;A;0;20;No;0\.\d+;[01];$/);
    expect(read('scored.csv.rejected.csv')).toMatch(
      /^line;reason;row\n3;[^;]*"many"[^;]*;"1;A;many;30;No"\n$/,
    );
  });

  it('keeps every column, whatever its name', () => {
    const names = HEADER.replace('usage', '__proto__').replace('plan', 'constructor');
    write('odd.csv', [names, ...ROWS].join('\n'));
    expect(churn('init', '--data', 'odd.csv', '--target', 'left', '--out', 'odd').status).toBe(0);
    const at = ['--config', 'odd/config/churn.yaml'];
    const config = read(at[1]);
    const mapped = (mappings: string) => write(at[1], `${config}processing: { mappings: ${mappings} }\n`);
    mapped('{ constructor: { C: __proto__ } }');
    const { status, stderr } = churn('train', ...at, '--quick', ...PLAIN);
    expect(`${status} ${stderr}`).toMatch(/^0 .*3 feature columns/);
    const best = JSON.parse(read('odd/outputs/latest/models/training_report.json'));
    expect(best.data.features).toEqual(['constructor', '__proto__', 'age']);
    expect(best.models[best.best].test.rocAuc).toBeGreaterThan(0.9);
    expect(churn('predict', ...at, '--input', 'odd.csv', '--output', 'scored.csv').status).toBe(0);
    mapped('{ __proto__: { "1": "2" } }');
    expect(churn('train', ...at, '--quick').stderr).toContain(
      'column "__proto__": expected categories, got numbers',
    );
  });

  it('requires a target with few labels', () => {
    expectMistake(
      churn('init', '--data', 'data.csv', '--target', 'gone'),
      /data\.csv: target .*"gone" is missing/,
    );
    expectMistake(
      churn('init', '--data', 'data.csv', '--target', 'id'),
      /expected 2 to 50 labels in "id", got 200/,
    );
  });
});

describe('an error ends in one clear line, exit code 1 and no output', () => {
  const training: [string, string | undefined, RegExp][] = [
    ['an empty file', '', /data\.csv.*empty/],
    ['a header only', HEADER, /data\.csv.*no rows/],
    [
      'a row with too few fields',
      `${HEADER}\n1,A,5,30,No\n2,B\n`,
      /data\.csv, line 3: expected 5 fields.*got 2/,
    ],
    ['a missing target', 'id,plan\n1,A\n', /data\.csv.*"left" is missing/],
    [
      'a label never seen',
      `${HEADER}\n1,A,5,30,No\n2,A,5,30,Maybe\n`,
      /"Yes" never occurs in "left".*"No", "Maybe"/,
    ],
    ['a third label', `${[HEADER, ...ROWS].join('\n')}\n1,A,5,30,Maybe\n`, /expected two labels.*got 3/],
    [
      'one class only',
      [HEADER, ...ROWS.filter((row) => row.endsWith('Yes'))].join('\n'),
      /two labels.*"Yes"/,
    ],
    [
      'a row without a label',
      `${[HEADER, ...ROWS].join('\n')}\n1,A,5,30,\n`,
      /line 202: the target "left" has no value/,
    ],
    [
      'a file of semicolons',
      [HEADER, ...ROWS].join('\n').replaceAll(',', ';'),
      /data\.csv: expected fields separated by ",", but the header "id;plan;usage;age;left" has ";"/,
    ],
    [
      'a class of too few rows for the folds',
      [
        HEADER,
        ...ROWS.filter((row) => row.endsWith('No')),
        ...ROWS.filter((row) => row.endsWith('Yes')).slice(0, 2),
      ].join('\n'),
      /class "Yes" has 1 of the training rows, too few for 3 folds: .*crossValidation\.folds/,
    ],
    ['a column twice', 'id,id,left\n1,2,Yes\n', /data\.csv, line 1.*"id".*twice/],
    ['a file that is not there', undefined, /data\.csv/],
  ];
  it.each(training)('training on %s', (_, content, message) => {
    rmSync(join(folder, 'data.csv'));
    if (content !== undefined) write('data.csv', content);
    expectMistake(churn('train', '--config', 'churn.yaml', '--out', 'out'), message);
  });

  it('training on a directory', () => {
    mkdirSync(join(folder, 'folder'));
    expectMistake(
      churn('train', '--config', 'churn.yaml', '--out', 'out', '--data', 'folder'),
      /folder: this is a folder, expected a file/,
    );
  });

  it('training on text in a numeric column', () => {
    write('data.csv', `${[HEADER, ...ROWS].join('\n')}\n1,A,many,30,No\n`);
    write(
      'churn.yaml',
      CONFIG.replace('drop: [id]', 'invalidValues: refuse\n  columns: { usage: { kind: numeric } }'),
    );
    const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^error: data\.csv, column "usage": expected a number, got "many" in line 202; to have such values read as missing, [^\n]*\n$/,
      ),
    ]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('training into a file', () => {
    write('out', 'precious');
    const result = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(result.status).toBe(1);
    expect(result.stderr).toBe('error: out: a part of this path is a file, expected a folder\n');
    expect(read('out')).toBe('precious');
  });

  const configs: [string, string | undefined, RegExp][] = [
    ['an unknown key', `${CONFIG}sed: 1\n`, /churn\.yaml.*"sed"/],
    [
      'a sample outside of the run',
      CONFIG.replace('sample.csv', '../sample.csv'),
      /output\.sample\.file: expected a file name in the folder of the run/,
    ],
    ['no model', CONFIG.replace(/models:[\s\S]*?output/, 'models: {}\noutput'), /models.*at least one model/],
    ['broken YAML', 'data: [', /churn\.yaml.*not valid YAML.*line 1/],
    ['no configuration', undefined, /churn\.yaml.*no such file/],
    ['a file that it extends and is not there', 'extends: base.yaml', /base\.yaml.*no such file/],
    ['itself to extend', 'extends: churn.yaml', /churn\.yaml extends itself/],
    ['a delimiter that is none', CONFIG.replace('left', 'left\n  delimiter: "::"'), /data\.delimiter/],
    [
      'a column without a name',
      CONFIG.replace('drop: [id]', 'columns: { "": { kind: numeric } }'),
      /data\.columns/,
    ],
    ['a threshold rule that no rule is', `${CONFIG}threshold: { atLeast: 1 }\n`, /threshold/],
  ];
  it.each(configs)('a configuration with %s', (_, content, message) => {
    rmSync(join(folder, 'churn.yaml'));
    if (content !== undefined) write('churn.yaml', content);
    expectMistake(churn('train', '--config', 'churn.yaml', '--out', 'out'), message);
  });

  it('reports all errors of a configuration, each with its path', () => {
    write('churn.yaml', CONFIG.replace('C: 1', 'C: -1').replace('folds: 3', 'folds: many'));
    const { status, stderr } = churn('train', '--config', 'churn.yaml');
    expect(status).toBe(1);
    expect(stderr).toContain('models.ridge.C');
    expect(stderr).toContain('crossValidation.folds');
  });

  it('an unknown option, an unknown command and an invalid seed', () => {
    expect(churn('train', '--sed', '1').status).toBe(1);
    expect(churn('trian').status).toBe(1);
    const { status, stderr } = churn('train', '--seed', 'one');
    expect(status).toBe(1);
    expect(stderr).toContain('integer');
  });

  it('an option of counterfactuals without them', () => {
    write('churn.yaml', CONFIG);
    const explain = ['explain', '--config', 'churn.yaml', '--input', 'data.csv', '--model', 'm.json'];
    expectMistake(churn(...explain, '--data', 'data.csv'), /--data: expected --counterfactuals as well/);
    expectMistake(churn(...explain, '--target', '3'), /--target: expected --counterfactuals as well/);
  });

  it.each([
    [['runs', 'shwo'], /unknown command 'shwo'\n\(Did you mean show\?\)/],
    [
      ['runs', 'zzzzzzzz'],
      /unknown command 'zzzzzzzz'\n\(expected one of list, show, compare, clean, sync\)/,
    ],
    [['runs', 'list', 'more'], /too many arguments for 'list'/],
    [['runs', 'clean', '--older-than', '30'], /--older-than.*such as 90s, 5m, 1h or 30d/],
    [['serve', '--port', '99999'], /--port.*expected an integer from 0 to 65535/],
    [['serve', '--max-rows', '0'], /--max-rows.*expected an integer of at least 1/],
    [['explain', '--input', 'data.csv', '--top', '0'], /--top.*expected an integer of at least 1/],
  ])('an unknown command or option: %j', (args, message) => {
    const { status, stderr } = churn(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('the options of the default command of a group', () => {
    write('churn.yaml', CONFIG);
    expect(churn('runs', '--config', 'churn.yaml').stderr).toBe('');
    expect(churn('runs').stderr).toMatch(/config\/churn\.yaml/);
  });

  describe('of prediction', () => {
    const predict = (...more: string[]) =>
      churn('predict', '--input', 'data.csv', '--output', 'out', ...more);
    let model: string;

    beforeAll(() => {
      const made = mkdtempSync(join(tmpdir(), 'churn-cli-model-'));
      writeFileSync(join(made, 'data.csv'), [HEADER, ...ROWS].join('\n'));
      writeFileSync(join(made, 'churn.yaml'), CONFIG);
      spawnChurn(['train', '--config', 'churn.yaml', ...PLAIN], '', made);
      model = readFileSync(join(made, 'outputs/latest/models/ridge.model.json'), 'utf8');
      rmSync(made, { recursive: true });
    });

    const damages: [string, (text: string) => string, RegExp][] = [
      ['cut off', (text) => text.slice(0, -20), /m\.json.*JSON/],
      ['edited', (text) => text.replace('"seed":42', '"seed":43'), /m\.json.*hash/],
      ['foreign', () => '{"coef": [1, 2]}', /m\.json.*not a model file/],
      ['newer', (text) => text.replace(/"version":\d+/, '"version":99'), /m\.json.*version 99/],
      ['empty', () => '', /m\.json/],
    ];
    it.each(damages)('with a model file that is %s', (_, damage, message) => {
      write('m.json', damage(model));
      expectMistake(predict('--model', 'm.json'), message);
    });

    it('with a missing model file, or before training', () => {
      expectMistake(predict('--model', 'm.json'), /m\.json/);
      expectMistake(predict('--config', 'churn.yaml'), /outputs: no trained model yet: train first/);
    });

    const inputs: [string, string | undefined, RegExp][] = [
      ['without a column', 'plan,age\nA,30\n', /data\.csv.*"usage"/],
      [
        'with text in a numeric column of all rows',
        'plan,usage,age\nA,few,30\nB,lots,31\n',
        /data\.csv: none of 2 rows can be scored; line 2: column "usage": expected a number, got "few"/,
      ],
      [
        'that was scored before',
        'plan,usage,age,churn_probability\nA,3,30,0.5\n',
        /already.*"churn_probability"/,
      ],
      ['that is empty', '', /data\.csv.*empty/],
      ['that is not there', undefined, /data\.csv/],
    ];
    it.each(inputs)('for a file %s', (_, content, message) => {
      write('m.json', model);
      rmSync(join(folder, 'data.csv'));
      if (content !== undefined) write('data.csv', content);
      expectMistake(predict('--model', 'm.json'), message);
    });
  });
});

function expectMistake({ status, stdout, stderr }: Result, message: RegExp) {
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
  expect(stderr).toMatch(message);
  expect(stdout).toBe('');
  expect(status).toBe(1);
  expect(existsSync(join(folder, 'out'))).toBe(false);
}

type Result = ReturnType<typeof spawnChurn>;

function churn(...args: string[]) {
  return spawnChurn(args, '');
}

function spawnChurn(args: string[], input: string, cwd = folder) {
  return spawnSync(process.execPath, [BIN, ...args], { cwd, input, encoding: 'utf8' });
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function write(file: string, content: string): void {
  writeFileSync(join(folder, file), content);
}
