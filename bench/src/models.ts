/** Fits and evaluates each model, and prints the figures as JSON; peers/models.py does the same with scikit-learn and LightGBM. */
import { Pipeline, parseModel, serializeModel, type Table } from '@churn/core';
import {
  GradientBoostingClassifier,
  LogisticRegression,
  RandomForestClassifier,
  SVC,
  setThreads,
} from '@churn/models';
import { PolynomialFeatures, StandardScaler } from '@churn/transforms';
import { test, testAuc, train, yTrain } from './split.js';

// Peers have one thread, too.
setThreads(1);

const figures: Record<string, number> = {};
const seconds = <T>(figure: string, action: () => T): T => {
  const start = performance.now();
  const result = action();
  figures[figure] = (performance.now() - start) / 1000;
  return result;
};

const forest = seconds('forest, 500 trees, entropy: fit, seconds', () =>
  new RandomForestClassifier({ nEstimators: 500, criterion: 'entropy', seed: 1 }).fit(train, yTrain),
);
figures['forest: 1 - test AUC'] = 1 - testAuc(forest.predictProba(test)[1]);
seconds('forest: scoring 100,000 rows, seconds', () => forest.predictProba(hundredThousand(test)));
const one = test.take([0]);
for (let i = 0; i < 200; i++) forest.predictProba(one);
const start = performance.now();
for (let i = 0; i < 500; i++) forest.predictProba(one);
figures['forest: one row, microseconds'] = ((performance.now() - start) / 500) * 1000;
const pipeline = new Pipeline(
  [],
  new RandomForestClassifier({ nEstimators: 500, criterion: 'entropy', seed: 1 }),
).fit(train, yTrain);
const text = await serializeModel(pipeline);
figures['forest: model file, megabytes'] = text.length / 1e6;
const loading = performance.now();
await parseModel(text, [RandomForestClassifier]);
figures['forest: load, seconds'] = (performance.now() - loading) / 1000;

const boosted = seconds('boosting, 300 rounds: fit, seconds', () =>
  new GradientBoostingClassifier({
    growth: 'leaf',
    nEstimators: 300,
    learningRate: 0.1,
    l2Regularization: 0,
    randomStrength: 0,
  }).fit(train, yTrain),
);
figures['boosting: 1 - test AUC'] = 1 - testAuc(boosted.predictProba(test)[1]);
for (const [kernel, C] of [
  ['rbf', 10],
  ['poly', 10],
  ['linear', 1],
] as const) {
  seconds(`SVC, ${kernel}, C = ${C}: fit, seconds`, () =>
    new SVC({ kernel, C, probability: false }).fit(train, yTrain),
  );
}
if (process.env.BENCH_SLOW) {
  const powers = [new PolynomialFeatures({ degree: 2 }), new StandardScaler()];
  const wide = powers.reduce((table: Table, step) => step.fitTransform(table).output, train);
  seconds('logistic regression, l1, C = 10, 209 columns: fit, seconds', () =>
    new LogisticRegression({ penalty: 'l1', C: 10 }).fit(wide, yTrain),
  );
}
process.stdout.write(JSON.stringify(figures));

function hundredThousand(table: Table): Table {
  return table.take(Int32Array.from({ length: 100_000 }, (_, i) => i % table.nRows));
}
