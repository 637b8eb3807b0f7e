import { type Classifier, type ColumnData, Random, Table } from '@churn/core';
import { GradientBoostingClassifier } from '../boosting/gradient-boosting.js';
import { DecisionTreeClassifier } from '../forest/decision-tree.js';
import { RandomForestClassifier } from '../forest/random-forest.js';

function rowsOf(nRows: number, nClasses: number, withCategory: boolean) {
  const random = new Random('many rows', nRows, nClasses);
  const y = Array.from({ length: nRows }, () => random.int(nClasses));
  const column = () =>
    Float64Array.from(y, (code) => (random.uniform() < 0.1 ? NaN : code + 2 * random.normal()));
  const columns: Record<string, ColumnData> = { a: column(), b: column(), c: column() };
  if (withCategory)
    columns.level = y.map((code) => (random.uniform() < 0.1 ? null : `l${code + random.int(40)}`));
  return { x: Table.fromColumns(columns), y };
}

const boosting = new GradientBoostingClassifier({ nEstimators: 6, minSamplesLeaf: 4 });

describe.each<[string, Classifier, number, boolean, number]>([
  ['a tree of two classes', new DecisionTreeClassifier(), 2, false, 600],
  ['a forest of two classes', new RandomForestClassifier({ nEstimators: 9 }), 2, false, 600],
  ['a forest of four classes', new RandomForestClassifier({ nEstimators: 5 }), 4, false, 600],
  [
    'a tree with many distinct leaf values',
    new DecisionTreeClassifier({ minSamplesLeaf: 3 }),
    3,
    false,
    4000,
  ],
  ['boosting of two classes', boosting, 2, true, 600],
  ['boosting of three classes', boosting, 3, true, 600],
  ['a tree of thousands of nodes', new DecisionTreeClassifier(), 2, false, 15_000],
])('%s', (_, classifier, nClasses, withCategory, nTrained) => {
  const train = rowsOf(nTrained, nClasses, withCategory);

  const few = classifier.fit(train.x, train.y);

  // Rows descend one by one or in sets of 256, whichever is faster.
  it.each([255, 256, 1500, 8192 + 300, 8192 + 7])(
    'scores %i rows at once exactly as in small batches',
    (nRows) => {
      const { x } = rowsOf(nRows, nClasses, withCategory);
      const together = classifier.fit(train.x, train.y).predictProba(x);
      for (let start = 0; start < nRows; start += 50) {
        const rows = Int32Array.from({ length: Math.min(50, nRows - start) }, (_row, i) => start + i);
        const some = few.predictProba(x.take(rows));
        expect(together.map((column) => column.slice(start, start + rows.length))).toEqual(some);
      }
    },
  );
});
