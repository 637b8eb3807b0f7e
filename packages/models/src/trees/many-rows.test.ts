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

describe.each<[string, Classifier, number, boolean]>([
  ['a tree of two classes', new DecisionTreeClassifier(), 2, false],
  ['a forest of two classes', new RandomForestClassifier({ nEstimators: 9 }), 2, false],
  ['a forest of four classes', new RandomForestClassifier({ nEstimators: 5 }), 4, false],
  ['boosting of two classes', boosting, 2, true],
  ['boosting of three classes', boosting, 3, true],
])('%s', (_, classifier, nClasses, withCategory) => {
  const train = rowsOf(600, nClasses, withCategory);
  const model = classifier.fit(train.x, train.y);

  // Few rows go down one by one; many together, in blocks of 8192, the last of which may be small.
  it.each([255, 256, 1500, 8192 + 300, 8192 + 7])(
    'scores %i rows together exactly as a few at a time',
    (nRows) => {
      const { x } = rowsOf(nRows, nClasses, withCategory);
      const together = model.predictProba(x);
      for (let start = 0; start < nRows; start += 100) {
        const rows = Int32Array.from({ length: Math.min(100, nRows - start) }, (_row, i) => start + i);
        const few = model.predictProba(x.take(rows));
        expect(together.map((column) => column.slice(start, start + rows.length))).toEqual(few);
      }
    },
  );
});
