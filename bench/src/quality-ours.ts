/**
 * Fits one of our models with its defaults to a split of a data set, and prints its metrics.
 *
 * Arguments: the model, the training file, the test file and the target.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Labels, type Table } from '@churn/core';
import { readCsv } from '@churn/io';
import { GradientBoostingClassifier } from '@churn/models';
import { logLoss, rocAuc } from '@churn/selection';
import type { QualityFigures as Figures } from './quality-tables.js';
import { CHURN } from './trained-forest.js';

const [model, trainFile, testFile, target] = process.argv.slice(2);
type QualityFigures = Figures<'auc' | 'logLoss'>;

const MINUTE = '60s';

const train = await readCsv(trainFile, { schema: [{ name: target, kind: 'category' }] });
const schema = train.names.map((name) => ({ name, kind: train.column(name).kind }));
const test = await readCsv(testFile, { schema });
const classes = [...train.category(target).levels].sort();

/** Clips probabilities, since the log loss of certainty is infinite. */
const LEAST = 1e-15;

function figures(probabilities: readonly Float64Array[], seconds: number): QualityFigures {
  const y = labelsOf(test);
  const inside = probabilities.map((column) => column.map((p) => Math.min(Math.max(p, LEAST), 1 - LEAST)));
  return { auc: rocAuc(y, classes.length === 2 ? inside[1] : inside), logLoss: logLoss(y, inside), seconds };
}

function labelsOf(table: Table): Labels {
  const { codes, levels } = table.category(target);
  return Labels.from(
    Array.from(codes, (code) => levels[code]),
    classes,
  );
}

function fitHere(): QualityFigures {
  const before = process.cpuUsage();
  const fitted = new GradientBoostingClassifier().fit(train.drop([target]), labelsOf(train));
  const probabilities = fitted.predictProba(test.drop([target]));
  return figures(probabilities, secondsOf(process.cpuUsage(before)));
}

/** Trains and scores with the application, given only file, target and preset. */
async function fitByPreset(preset: string): Promise<QualityFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'churn-quality-'));
  const path = (name: string) => join(folder, name);
  try {
    const config = {
      predicts: 'label',
      data: { file: trainFile, target, ...(classes.length === 2 && { positive: classes[1] }) },
      models: 'auto',
      preset,
      time: MINUTE,
      split: { refit: true },
      output: { folder: path('outputs'), images: false, report: false },
    };
    writeFileSync(path('churn.yaml'), JSON.stringify(config));
    const spent = churn(folder, 'train', '--config', path('churn.yaml'));
    const scoring = ['--config', path('churn.yaml'), '--input', testFile, '--output', path('scored.csv')];
    const scored = churn(folder, 'predict', ...scoring);
    const wanted =
      classes.length === 2 ? ['label_probability'] : classes.map((each) => `label_probability_${each}`);
    const table = await readCsv(path('scored.csv'), {
      columns: wanted,
      schema: wanted.map((name) => ({ name, kind: 'numeric' })),
    });
    if (table.nRows !== test.nRows) throw new Error(`${test.nRows - table.nRows} rows were rejected`);
    const columns = wanted.map((name) => table.numeric(name));
    const probabilities = classes.length === 2 ? [columns[0].map((p) => 1 - p), columns[0]] : columns;
    return figures(probabilities, spent + scored);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a command of the application; returns its processor time in seconds. */
function churn(folder: string, ...args: string[]): number {
  const file = join(folder, 'usage');
  const told = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.cpuUsage())));`;
  const tell = `--import=data:text/javascript,${encodeURIComponent(told)}`;
  const { status, stderr } = spawnSync(process.execPath, [tell, CHURN, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return secondsOf(JSON.parse(readFileSync(file, 'utf8')));
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

const preset = /^preset (.*)/.exec(model)?.[1];
process.stdout.write(JSON.stringify(preset ? await fitByPreset(preset) : fitHere()));
