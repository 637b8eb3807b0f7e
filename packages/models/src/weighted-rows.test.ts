import { type Classifier, type ColumnData, Random, Table } from '@churn/core';
import { GradientBoostingClassifier } from './boosting/gradient-boosting.js';
import { DecisionTreeClassifier } from './forest/decision-tree.js';
import { RandomForestClassifier } from './forest/random-forest.js';
import { LogisticRegression } from './linear/logistic-regression.js';
import { SVC } from './svm/svc.js';
import { weightedRows } from './weighted-rows.js';

describe('weightedRows', () => {
  it('are those above 0', () => {
    expect(weightedRows(Float64Array.of(0, 2, 0, 1e-300))).toEqual(Int32Array.of(1, 3));
    expect(weightedRows(Float64Array.of(0))).toEqual(new Int32Array(0));
  });

  it('are undefined if all rows have a weight, or none was given', () => {
    expect(weightedRows(Float64Array.of(1, 2))).toBeUndefined();
    expect(weightedRows(undefined)).toBeUndefined();
  });
});

/** Rows of which a third has weight 0 and values that would change any bin, mean or margin. */
function rowsOf(nClasses: number, withCategory: boolean) {
  const random = new Random('weighted rows', nClasses);
  const y = Array.from({ length: 150 }, (_, row) => row % nClasses);
  const sampleWeight = y.map(() => random.int(3));
  const column = (far: number) =>
    Float64Array.from(y, (code, row) => (sampleWeight[row] > 0 ? code : far) + random.normal());
  const columns: Record<string, ColumnData> = { a: column(40), b: column(-7), c: column(0.5) };
  if (withCategory) {
    columns.level = y.map((code, row) => (sampleWeight[row] > 0 ? `l${(code + row) % 4}` : 'weightless'));
  }
  const x = Table.fromColumns(columns);
  const kept = sampleWeight.flatMap((weight, row) => (weight > 0 ? [row] : []));
  return {
    x,
    y,
    sampleWeight,
    kept: {
      x: x.take(kept),
      y: kept.map((row) => y[row]),
      sampleWeight: kept.map((row) => sampleWeight[row]),
    },
  };
}

describe.each<[string, Classifier, boolean]>([
  ['DecisionTreeClassifier', new DecisionTreeClassifier({ maxBins: 8 }), false],
  [
    'RandomForestClassifier',
    new RandomForestClassifier({ nEstimators: 5, maxBins: 8, oobScore: true }),
    false,
  ],
  ['GradientBoostingClassifier', new GradientBoostingClassifier({ nEstimators: 5, maxBins: 8 }), true],
  [
    'GradientBoostingClassifier that stops early',
    new GradientBoostingClassifier({ nEstimators: 30, maxBins: 8, earlyStopping: true, nIterNoChange: 2 }),
    true,
  ],
  ['LogisticRegression', new LogisticRegression(), false],
  ['SVC', new SVC(), false],
  ['SVC of balanced classes', new SVC({ kernel: 'linear', classWeight: 'balanced' }), false],
  ['SVC with probabilities', new SVC({ probability: true }), false],
])('%s', (_, classifier, withCategory) => {
  it.each([2, 3])('ignores rows of weight 0, for %i classes', (nClasses) => {
    const { x, y, sampleWeight, kept } = rowsOf(nClasses, withCategory);
    const weighted = classifier.fit(x, y, { sampleWeight });
    const without = classifier.fit(kept.x, kept.y, { sampleWeight: kept.sampleWeight });
    expect(weighted.state).toEqual(without.state);
    expect(weighted.predictProba(x)).toEqual(without.predictProba(x));
  });
});

it.each<Classifier>([new RandomForestClassifier(), new GradientBoostingClassifier()])(
  'names the row of an infinite value by its number in the table',
  (classifier) => {
    const x = Table.fromColumns({ a: [1, 2, 3, Infinity] });
    expect(() => classifier.fit(x, [0, 1, 0, 1], { sampleWeight: [0, 1, 1, 1] })).toThrow(
      'column "a", row 3:',
    );
  },
);
