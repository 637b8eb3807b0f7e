import { type Classifier, isolateFaults, Pipeline, type Table } from '@churn/core';
import * as models from '@churn/models';
import * as transforms from '@churn/transforms';
import { lower } from '../program/lowering/lower.js';
import { sampleLabels, sampleTable } from '../testing/sample-tables.js';
import { ENGINES, type RawTable, type SqlEngine } from './testing/engine.js';
import { toSql } from './to-sql.js';

const train = sampleTable({ nRows: 400, seed: 1 });
const wild = sampleTable({ nRows: 500, seed: 2, wild: true });
const numbers = ['a', 'b', 'c'];

const prepare = () => [
  new transforms.DateParts({ columns: ['on'], invalid: 'missing' }),
  new transforms.MedianImputer({ addIndicator: true }),
  new transforms.ModeImputer(),
  new transforms.SkewCorrector({ threshold: 0.5 }),
  new transforms.CategoryEncoder({ columns: ['city'] }),
  new transforms.OneHotEncoder({ columns: ['level'] }),
  new transforms.StandardScaler(),
];
const linear = () => new Pipeline(prepare(), new models.LogisticRegression());
const boosting = (options = {}) => new models.GradientBoostingClassifier({ nEstimators: 20, ...options });
const forest = () => new Pipeline(prepare(), new models.RandomForestClassifier({ nEstimators: 10, seed: 3 }));

/** Pipelines by what they show. */
const specifications: Readonly<Record<string, Classifier>> = {
  'logistic regression on everything': linear(),
  'multinomial logistic regression': linear(),
  'polynomials and splines': new Pipeline(
    [
      new transforms.DropColumns(['on', 'level', 'city']),
      new transforms.MeanImputer(),
      new transforms.SplineTransformer({ columns: ['c'] }),
      new transforms.PolynomialFeatures({ columns: ['a', 'b'], degree: 3 }),
      new transforms.StandardScaler(),
    ],
    new models.LogisticRegression(),
  ),
  'normal quantiles and bins': new Pipeline(
    [
      new transforms.SelectColumns({ kind: 'numeric' }),
      new transforms.Winsorizer(),
      new transforms.MeanImputer({ columns: ['a', 'b'] }),
      new transforms.QuantileTransformer({ columns: ['a'], outputDistribution: 'normal', nQuantiles: 50 }),
      new transforms.Binner({ columns: ['b'] }),
      new transforms.ConstantImputer({ value: 0 }),
    ],
    new models.LogisticRegression(),
  ),
  'boosting of raw columns': new Pipeline([], boosting()),
  'boosting of leaves, three classes': new Pipeline([], boosting({ growth: 'leaf' })),
  'a forest, three classes': forest(),
  'one deep tree': new Pipeline(
    [new transforms.SelectColumns({ kind: 'numeric' }), new transforms.MeanImputer()],
    new models.DecisionTreeClassifier(),
  ),
  'a calibrated blend': new models.CalibratedClassifier({
    classifier: new models.VotingClassifier({
      classifiers: [linear(), new Pipeline([], boosting())],
      weights: [0.3, 0.7],
    }),
    method: 'isotonic',
  }),
  'naive Bayes': new Pipeline(prepare(), new models.GaussianNB()),
  'support vectors': new Pipeline(
    [
      new transforms.SelectColumns({ kind: 'numeric' }),
      new transforms.MeanImputer(),
      new transforms.StandardScaler(),
    ],
    new models.SVC(),
  ),
};

const fitted = Object.entries(specifications).map(([title, specification]) => {
  const labels = sampleLabels(train, /three|multinomial/.test(title) ? 3 : 2, 3);
  return [title, specification.fit(train, labels)] as const;
});

for (const { dialect, title, isHere, start } of ENGINES) {
  (isHere ? describe : describe.skip)(title, () => {
    jest.setTimeout(300_000);
    let engine: SqlEngine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.stop());

    it.each(fitted)('%s: the same probabilities, and none where a row is refused', async (_, model) => {
      const view = toSql(lower(model), { dialect, from: 'raw', view: 'scored', predicts: 'left' });
      const got = await engine.score(rawTable(wild), view);
      const { rows, result } = isolateFaults(wild, (part) => model.predictProba(part));
      const classes = model.classes.length;
      const expected: (readonly number[] | undefined)[] = Array.from({ length: wild.nRows });
      rows.forEach((row, i) => {
        expected[row] = Array.from(result, (share) => share[i]);
      });
      expect(rows.length).toBeGreaterThan(200);
      let worst = 0;
      expected.forEach((shares, row) => {
        const found = classes === 2 ? [got[row][0]] : got[row].slice(1);
        if (!shares) {
          expect([row, ...got[row].slice(0, classes + 1)].slice(0, -1)).toEqual([
            row,
            ...Array(classes).fill(null),
          ]);
          return;
        }
        (classes === 2 ? [shares[1]] : shares).forEach((share, k) => {
          const distance = Math.abs((found[k] as number) - share);
          if (!(distance <= 1e-12) || found[k] === null)
            throw new Error(
              `row ${row} ${JSON.stringify(wild.row(row))}: expected ${shares}, got ${got[row]}`,
            );
          worst = Math.max(worst, distance);
        });
      });
      expect(worst).toBeLessThanOrEqual(1e-12);
    });
  });
}

function rawTable(x: Table): RawTable {
  const rows = x.toRows();
  return {
    columns: x.names.map((name) => ({ name, kind: numbers.includes(name) ? 'number' : 'text' })),
    rows: rows.map((row) => x.names.map((name) => (row[name] ?? null) as number | string | null)),
  };
}
