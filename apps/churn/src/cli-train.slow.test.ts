import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { logLoss, rocAuc } from '@churn/selection';
import { readRun } from './runs/read-run';
import { readTestPredictions } from './runs/test-predictions';
import { BIN } from './testing/bin';
import { CONFIG, HEADER, PLAIN, ROWS, smallCase } from './testing/small-case';
import type { TrainingReport } from './training/training-report.js';

const { at, churn, read, write } = smallCase();

describe('churn train', () => {
  it('continues if its output is closed', () => {
    const command = `"${process.execPath}" "${BIN}" train --config churn.yaml --out out ${PLAIN.join(' ')} 2>&1 | true`;
    spawnSync('sh', ['-c', command], { cwd: at() });
    const files = ['churn.log', 'models', 'run.json', 'sample.csv', 'test_predictions.csv'];
    expect(readdirSync(at('out/latest')).sort()).toEqual(files);
    expect(readdirSync(at('out/runs'))).toHaveLength(1);
  });

  it('names line and column of a non-finite value, whichever split has the row', () => {
    // Line 1 is the header.
    for (const line of [2, 60, 120, 201]) {
      const rows = ROWS.with(line - 2, '1,C,-1e200,30,Yes');
      write('data.csv', [HEADER, ...rows].join('\n'));
      const { status, stderr } = churn('train', '--config', 'churn.yaml', '--out', 'out', ...PLAIN);
      expect(status).toBe(1);
      expect(stderr).toContain(`error: data.csv, line ${line}, column "usage": -1e+200 cannot be scored: `);
      expect(existsSync(at('out/latest'))).toBe(false);
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
      return readdirSync(at('out/latest')).filter((name) => /images|report/.test(name));
    };
    expect(written('--no-images')).toEqual(['report.html']);
    expect(read('out/latest/report.html').match(/<figure[ >]/g)?.length).toBeGreaterThan(15);
    expect(written('--no-report')).toEqual(['images']);
    expect(written(...PLAIN)).toEqual([]);
  });

  it('writes models, metrics, a stratified sample of test rows and a log, and prints a table', () => {
    const { status, stdout } = churn('train', '--config', 'churn.yaml', '--out', 'out');
    expect(status).toBe(0);
    expect(readdirSync(at('out/latest')).sort()).toEqual([
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
    for (const figure of figures) expect(existsSync(at('out/latest/images', figure))).toBe(true);
    expect(readdirSync(at('out/latest/models')).sort()).toEqual([
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
    const [id] = readdirSync(at('out/runs'));
    expect(stdout).toMatch(new RegExp(`\nrun: ${id}\n$`));
    const record = await readRun(at('out'), id);
    const report: TrainingReport = JSON.parse(read('out/latest/models/training_report.json'));
    const { sha256, contentSha256, rows } = report.data;
    expect(record.data).toEqual({ file: 'data.csv', sha256, contentSha256, rows, sampled: null });
    expect(record).toMatchObject({ id, seed: 5, best: report.best, versions: report.versions, git: null });
    expect(record.config).toMatchObject({
      seed: 5,
      crossValidation: { folds: 3 },
      models: { lasso: { C: [0.5] } },
    });
    const predictions = await readTestPredictions(at('out/latest'), record);
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
    const figures = readdirSync(at('out/latest/images/eda')).filter((file) => file.endsWith('.svg'));
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
    expect(existsSync(at('out'))).toBe(false);
  });
});
