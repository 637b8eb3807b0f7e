import { Random, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { DecisionTreeClassifier } from './decision-tree.js';
import { RandomForestClassifier, type RandomForestOptions } from './random-forest.js';

/** Rows of three classes, with noise; of two, where `nClasses` says so. */
function noisyRows(nRows: number, nClasses = 3, missing = 0) {
  const random = new Random('rows', nRows, nClasses);
  const centres = [0, 1.5, 3];
  const y = Array.from({ length: nRows }, (_, row) => row % nClasses);
  const column = (scale: number) =>
    Float64Array.from(y, (code) =>
      random.uniform() < missing ? NaN : scale * (centres[code] + random.normal()),
    );
  const x = Table.fromColumns({ a: column(1), b: column(100), noise: column(0), c: column(1e-6) });
  return { x, y: y.map((code) => ['high', 'low', 'mid'][code]) };
}

const { x, y } = noisyRows(60);

describe.each<RandomForestOptions>([
  { nEstimators: 7, seed: 3 },
  { nEstimators: 5, criterion: 'entropy', maxDepth: 3, minSamplesLeaf: 2, oobScore: true },
  { nEstimators: 4, bootstrap: false, maxFeatures: 0.5, minSamplesSplit: 5 },
])('RandomForestClassifier with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new RandomForestClassifier(options),
      others: [
        new RandomForestClassifier({ ...options, nEstimators: 3, maxDepth: 2 }),
        new RandomForestClassifier({ ...options, criterion: 'gini' }),
      ],
      restorable: RandomForestClassifier,
      x,
      y,
    }),
  )('$name', ({ run }) => run());
});

describe('DecisionTreeClassifier', () => {
  const two = noisyRows(50, 2);
  it.each(
    classifierConformance({
      classifier: new DecisionTreeClassifier({ maxDepth: 4 }),
      others: [new DecisionTreeClassifier({ maxDepth: 2 })],
      restorable: DecisionTreeClassifier,
      ...two,
    }),
  )('$name', ({ run }) => run());
});
