import {
  type Classifier,
  type FittedClassifier,
  isolateFaults,
  Labels,
  Pipeline,
  type Table,
} from '@churn/core';
import * as models from '@churn/models';
import * as transforms from '@churn/transforms';
import { lower } from '../program/lowering/lower.js';
import { sampleClassifiers, TWO_CLASSES } from '../testing/sample-classifiers.js';
import { sampleLabels, sampleTable } from '../testing/sample-tables.js';
import type { SqlDialectName } from './sql-dialects.js';
import { ENGINES, type RawTable, type SqlEngine } from './testing/engine.js';
import { toSql } from './to-sql.js';

/** How many rows are scored, and how many by support vectors, which take PostgreSQL a hundred times longer. */
const N_ROWS = Math.max(200, Number(process.env.FUZZ ?? 0) / 10);
const N_ROWS_OF_KERNELS = 200;

const train = sampleTable({ nRows: 400, seed: 1 });
const wild = sampleTable({ nRows: N_ROWS, seed: 2, wild: true });
const fewer = wild.take(Int32Array.from({ length: N_ROWS_OF_KERNELS }, (_, row) => row));
/** Of so many rows at a time those are told that are refused. */
const PIECE = 500;
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

/** Specifications of each class of classifiers, of two and of three classes; SQL has neither neighbours nor pairs of classes. */
const others = Object.entries(sampleClassifiers)
  .filter(([name]) => name !== 'KNeighborsClassifier')
  .flatMap(([name, all]) =>
    all.flatMap((specification, i) =>
      ([...TWO_CLASSES, 'SVC'].includes(name) ? [2] : [2, 3]).map((nClasses) => {
        const options = nClasses === 2 ? { positive: 'class 1' } : {};
        const y = Labels.from(sampleLabels(train, nClasses, 3), options);
        const model = () => new Pipeline([], specification).fit(train, y);
        return [`${name} ${i + 1} of ${nClasses} classes`, model] as const;
      }),
    ),
  );

for (const { dialect, title, isHere, start } of ENGINES) {
  (isHere ? describe : describe.skip)(title, () => {
    jest.setTimeout(300_000);
    let engine: SqlEngine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.stop());

    it.each(fitted)('%s: the same probabilities, and none where a row is refused', (title, model) =>
      requireSame(engine, dialect, model, title === 'support vectors' ? fewer : wild),
    );

    // Spark takes seconds for each view.
    if (dialect !== 'spark')
      it.each(others)('%s: the same probabilities', (title, fit) =>
        requireSame(engine, dialect, fit(), /^\w*SV/i.test(title) ? fewer : wild),
      );
  });
}

async function requireSame(
  engine: SqlEngine,
  dialect: SqlDialectName,
  model: FittedClassifier,
  table: Table,
): Promise<void> {
  const view = toSql(lower(model as never), { dialect, from: 'raw', view: 'scored', predicts: 'left' });
  const got = await engine.score(rawTable(table), view);
  expect(got).toHaveLength(table.nRows);
  const nClasses = model.classes.length;
  let nScored = 0;
  for (let first = 0; first < table.nRows; first += PIECE) {
    const length = Math.min(PIECE, table.nRows - first);
    const piece = table.take(Int32Array.from({ length }, (_, row) => first + row));
    const { rows, result } = isolateFaults(piece, (part) => model.predictProba(part));
    nScored += rows.length;
    const scored = new Map(Array.from(rows, (row, at) => [row, at]));
    for (let row = 0; row < piece.nRows; row++) {
      const found = got[first + row].slice(0, nClasses === 2 ? 1 : 1 + nClasses);
      const at = scored.get(row);
      const shares = Array.from(result, (share) => share[at!]);
      const expected = nClasses === 2 ? [shares[1]] : shares;
      const isSame =
        at === undefined
          ? found.every((value) => value === null)
          : expected.every((share, k) => isClose(found[nClasses === 2 ? 0 : 1 + k], share));
      if (isSame) continue;
      throw new Error(
        `row ${first + row} ${JSON.stringify(piece.row(row))}: expected ${at === undefined ? 'none' : expected}, got ${found}`,
      );
    }
  }
  expect(nScored).toBeGreaterThan(0.4 * table.nRows);
}

function isClose(found: number | string | null, expected: number): boolean {
  return typeof found === 'number' && Math.abs(found - expected) <= 1e-12;
}

function rawTable(x: Table): RawTable {
  const rows = x.toRows();
  return {
    columns: x.names.map((name) => ({ name, kind: numbers.includes(name) ? 'number' : 'text' })),
    rows: rows.map((row) => x.names.map((name) => (row[name] ?? null) as number | string | null)),
  };
}
