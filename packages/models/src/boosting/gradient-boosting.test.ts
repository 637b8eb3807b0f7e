import { Random, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting.js';

/** Rows of two or three classes, with noise. */
function noisyRows(nRows: number, nClasses: number) {
  const random = new Random('rows', nRows, nClasses);
  const codes = Array.from({ length: nRows }, (_, row) => row % nClasses);
  const column = (scale: number) =>
    Float64Array.from(codes, (code) => scale * (1.5 * code + random.normal()));
  const x = Table.fromColumns({ a: column(1), b: column(100), noise: column(0), c: column(1e-6) });
  return { x, y: codes.map((code) => ['high', 'low', 'mid'][code]) };
}

describe.each<[number, GradientBoostingOptions]>([
  [2, { nEstimators: 5, minSamplesLeaf: 3 }],
  [2, { nEstimators: 30, minSamplesLeaf: 2, earlyStopping: true, nIterNoChange: 3 }],
  [2, { nEstimators: 4, minSamplesLeaf: 1, monotone: { a: 1, b: -1 }, growth: 'depth', maxDepth: 3 }],
  [3, { nEstimators: 4, minSamplesLeaf: 2, maxLeafNodes: 5, l2Regularization: 1 }],
])('GradientBoostingClassifier of %i classes with %j', (nClasses, options) => {
  it.each(
    classifierConformance({
      classifier: new GradientBoostingClassifier(options),
      others: [
        new GradientBoostingClassifier({ ...options, nEstimators: 2 }),
        new GradientBoostingClassifier({ ...options, learningRate: 0.3 }),
      ],
      restorable: GradientBoostingClassifier,
      ...noisyRows(60, nClasses),
      takesCategories: true,
    }),
  )('$name', ({ run }) => run());
});
