// Draws the figures of docs/concepts.md, in light and dark colours, from models fitted here: docs/images/concepts/*.svg.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Labels, Pipeline, Random, Table } from '../packages/core/dist/index.js';
import {
  calibrationChart,
  importanceChart,
  survivalChart,
  thresholdChart,
} from '../packages/eda/dist/index.js';
import { renderSvg } from '../packages/eda/dist/render/index.js';
import { CalibratedClassifier, GaussianNB, LogisticRegression } from '../packages/models/dist/index.js';
import {
  calibrationCurve,
  crossValPredict,
  KFold,
  precisionRecallCurve,
  rocAuc,
  StratifiedKFold,
} from '../packages/selection/dist/index.js';
import { kaplanMeier } from '../packages/survival/dist/index.js';
import { SelectKBest } from '../packages/transforms/dist/index.js';
import { dark } from './dark-colours.mjs';

const FOLDER = join(import.meta.dirname, 'images/concepts');
mkdirSync(FOLDER, { recursive: true });

async function draw(name, chart) {
  const svg = String(await renderSvg(chart));
  writeFileSync(join(FOLDER, `${name}.svg`), `${svg}\n`);
  writeFileSync(join(FOLDER, `${name}-dark.svg`), `${dark(svg)}\n`);
}

const random = new Random(7);
const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, seed: 7 });
const of = (labels, [, scores]) => rocAuc(labels, scores);

// Leakage: the best of 1,000 columns of noise, chosen on all rows, or on the training rows of each fold.
const noise = Table.fromColumns(
  Object.fromEntries(
    Array.from({ length: 1000 }, (_, j) => [
      `noise ${j}`,
      Array.from({ length: 100 }, () => random.normal()),
    ]),
  ),
);
const coin = Labels.from(Array.from({ length: 100 }, (_, i) => i % 2 === 0));
const select = new SelectKBest({ k: 10 });
const regression = new LogisticRegression();
const chosen = select.fitTransform(noise, coin).output;
await draw(
  'leakage',
  importanceChart(
    [
      { feature: 'selected on all rows', mean: of(coin, crossValPredict(regression, chosen, coin, { cv })) },
      {
        feature: 'selected inside each fold',
        mean: of(coin, crossValPredict(new Pipeline([select], regression), noise, coin, { cv })),
      },
    ],
    { title: 'Cross-validated ROC AUC on pure noise', measure: 'ROC AUC; 0.5 is chance' },
  ),
);

// Cross-validation: which rows test each fit.
const nRows = 20;
const splits = new KFold({ nSplits: 5, shuffle: true, seed: 3 }).split({ nRows });
await draw('cross-validation', {
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
  background: '#ffffff',
  padding: 16,
  width: 560,
  height: 180,
  data: {
    values: splits.flatMap(({ test }, fit) =>
      Array.from({ length: nRows }, (_, row) => ({
        fit: fit + 1,
        row: row + 1,
        rows: Array.from(test).includes(row) ? 'test' : 'training',
      })),
    ),
  },
  mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 2 },
  encoding: {
    x: { field: 'row', type: 'ordinal', axis: { labelAngle: 0, domain: false, ticks: false } },
    y: { field: 'fit', type: 'ordinal', axis: { domain: false, ticks: false } },
    color: {
      field: 'rows',
      type: 'nominal',
      scale: { domain: ['training', 'test'], range: ['#e6e6e6', '#0072B2'] },
    },
  },
  config: { font: 'DejaVu Sans, Verdana, sans-serif', view: { stroke: null } },
});

// Customers who call often leave; two correlated columns mislead naive Bayes.
const size = 4000;
const dissatisfaction = Array.from({ length: size }, () => random.normal());
const noisy = () => dissatisfaction.map((value) => value + 0.6 * random.normal());
const customers = Table.fromColumns({ calls: noisy(), complaints: noisy(), tickets: noisy() });
const left = Labels.from(
  dissatisfaction.map((value) => random.uniform() < 1 / (1 + Math.exp(1.5 - 1.6 * value))),
);

const [, naive] = crossValPredict(new GaussianNB(), customers, left, { cv });
const calibrated = new CalibratedClassifier({ classifier: new GaussianNB(), method: 'isotonic' });
const [, corrected] = crossValPredict(calibrated, customers, left, { cv });
await draw(
  'calibration',
  calibrationChart([
    { name: 'naive Bayes', ...calibrationCurve(left, naive) },
    { name: 'calibrated', ...calibrationCurve(left, corrected) },
  ]),
);

// A contact costs 1, and wins 4 where the customer would have left: it pays from a probability of 1/4 on.
await draw('threshold', thresholdChart(precisionRecallCurve(left, corrected), { chosen: 0.25 }));

// Monthly contracts end sooner; who is still there at the end of the study is censored.
const plan = Array.from({ length: 300 }, (_, i) => (i % 2 ? 'monthly' : 'yearly'));
const lifetime = plan.map((each) => (each === 'monthly' ? 10 : 26) * -Math.log(1 - random.uniform()));
const durations = lifetime.map((time) => Math.min(24, Math.ceil(time)));
const events = lifetime.map((time) => time <= 24);
const curves = kaplanMeier({ durations, events }, { by: plan }).map(({ group, curve }) => ({
  name: String(group),
  ...curve,
}));
await draw('survival', survivalChart(curves, { title: 'Customers who are still there, by months' }));
