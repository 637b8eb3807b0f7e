import { type Classifier, Table } from '@churn/core';
import { GradientBoostingClassifier } from '../boosting/gradient-boosting.js';
import { DecisionTreeClassifier } from '../forest/decision-tree.js';
import { RandomForestClassifier } from '../forest/random-forest.js';
import { MAX_FEATURES } from './require-features.js';

/** Constant columns, except for the last one, which separates the classes; one row of each class has a missing value. */
function wideTable(nFeatures: number): Table {
  const constant = new Float64Array(6);
  return Table.fromColumns(
    Array.from({ length: nFeatures }, (_, j): [string, Float64Array] => [
      `x${j}`,
      j < nFeatures - 1 ? constant : Float64Array.of(1, 1, NaN, 2, 2, 3),
    ]),
  );
}

const labels = [0, 0, 0, 1, 1, 1];

describe.each<[string, Classifier]>([
  ['DecisionTreeClassifier', new DecisionTreeClassifier()],
  ['RandomForestClassifier', new RandomForestClassifier({ nEstimators: 3, bootstrap: false })],
  ['GradientBoostingClassifier', new GradientBoostingClassifier({ nEstimators: 1, minSamplesLeaf: 1 })],
])('%s', (_, classifier) => {
  it('fits the maximum number of columns', () => {
    const x = wideTable(MAX_FEATURES);
    expect(classifier.fit(x, labels).predict(x)).toEqual(labels);
  });

  it('rejects more columns', () => {
    expect(() => classifier.fit(wideTable(MAX_FEATURES + 1), labels)).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'trees take up to 32767 columns, got 32768',
      }),
    );
  });
});
