import { type Classifier, type FittedClassifier, Pipeline, type Table } from '@churn/core';
import * as models from '@churn/models';
import * as transforms from '@churn/transforms';
import { lower } from '../program/lowering/lower.js';
import { expectedProbabilities, expectedRows, requireClose } from '../testing/close-rows.js';
import { sampleClassifiers, TWO_CLASSES } from '../testing/sample-classifiers.js';
import { sampleLabels, sampleTable, sampleTarget } from '../testing/sample-tables.js';
import type { SqlDialectName } from './sql-dialects.js';
import { ENGINES, type RawTable, type SqlEngine } from './testing/engine.js';
import { toSql } from './to-sql.js';

/** How many rows are scored, and how many by support vectors, which take PostgreSQL a hundred times longer. */
const N_ROWS = Math.max(500, Number(process.env.FUZZ ?? 0) / 10);
const N_ROWS_OF_KERNELS = 150;

const train = sampleTable({ nRows: 400, seed: 1 });
/** Databases take seconds, and Spark a minute, to plan what a few hundred support vectors are in SQL. */
const small = train.take(Int32Array.from({ length: 80 }, (_, row) => row));
const wild = sampleTable({ nRows: N_ROWS, seed: 2, wild: true });
const fewer = wild.take(Int32Array.from({ length: N_ROWS_OF_KERNELS }, (_, row) => row));
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

const isOfKernels = (title: string) => /^support vectors|^\w*SV/i.test(title);
const fittedOn = (rows: Table) =>
  Object.entries(specifications).map(([title, specification]) => {
    const table = isOfKernels(title) ? small : rows;
    const labels = sampleLabels(table, /three|multinomial/.test(title) ? 3 : 2, 3);
    return [title, specification.fit(table, labels)] as const;
  });
const fitted = fittedOn(train);
const fittedSmall = fittedOn(small);

/** Specifications of each class of classifiers, of two and of three classes; SQL has neither neighbours nor pairs of classes. */
const others = Object.entries(sampleClassifiers)
  .filter(([name]) => name !== 'KNeighborsClassifier')
  .flatMap(([name, all]) =>
    all.flatMap((specification, i) =>
      ([...TWO_CLASSES, 'SVC'].includes(name) ? [2] : [2, 3]).map((nClasses) => {
        const table = isOfKernels(name) ? small : train;
        const model = () => new Pipeline([], specification).fit(table, sampleTarget(table, nClasses, 3));
        return [`${name} ${i + 1} of ${nClasses} classes`, model] as const;
      }),
    ),
  );

for (const { dialect, title, isHere, start } of ENGINES) {
  (isHere ? describe : describe.skip)(title, () => {
    let engine: SqlEngine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.stop());

    it.each(dialect === 'spark' ? fittedSmall : fitted)(
      '%s: the same probabilities, and none where a row is rejected',
      (title, model) => requireSame(engine, dialect, model, isOfKernels(title) ? fewer : wild),
    );

    // Spark takes seconds for each view.
    if (dialect !== 'spark')
      it.each(others)('%s: the same probabilities', (title, fit) =>
        requireSame(engine, dialect, fit(), isOfKernels(title) ? fewer : wild, title.startsWith('Libsvm')),
      );
  });
}

async function requireSame(
  engine: SqlEngine,
  dialect: SqlDialectName,
  model: FittedClassifier,
  table: Table,
  isLibsvm = false,
): Promise<void> {
  const view = toSql(lower(model as never), { dialect, from: 'raw', view: 'scored', predicts: 'left' });
  const got = await engine.score(rawTable(table), view);
  expect(got).toHaveLength(table.nRows);
  const expected = expectedProbabilities(table, model);
  expect(expected.filter((shares) => shares !== undefined).length).toBeGreaterThan(0.4 * table.nRows);
  const isOfTwo = model.classes.length === 2;
  const predicted = isOfTwo ? expectedRows(table, (part) => model.predict(part)) : [];
  expected.forEach((shares, row) => {
    const where = `row ${row} ${JSON.stringify(table.row(row))}`;
    if (!shares) {
      const nRefused = isOfTwo ? 2 : 1 + model.classes.length;
      expect([where, ...got[row].slice(0, nRefused)]).toEqual([where, ...Array(nRefused).fill(null)]);
    } else if (isOfTwo) {
      const [share, isCalled, threshold] = got[row].map(Number);
      requireClose(share, shares[1], where);
      // Ties may be predicted either way, and libsvm does not call by its probabilities.
      if (Math.abs(share - threshold) > 1e-9 && !isLibsvm) {
        expect([where, isCalled]).toEqual([where, Number(predicted[row] === model.classes[1])]);
      }
    } else for (const [k, share] of shares.entries()) requireClose(got[row][1 + k], share, where);
  });
}

function rawTable(x: Table): RawTable {
  const rows = x.toRows();
  return {
    columns: x.names.map((name) => ({ name, kind: numbers.includes(name) ? 'number' : 'text' })),
    rows: rows.map((row) => x.names.map((name) => (row[name] ?? null) as number | string | null)),
  };
}
