import { Table } from '@churn/core';
import { EnsembleTrees, TreeEnsemble, TreeEnsembleClassifier, TreeEnsembleRegressor } from '@churn/models';
import { requireClose } from '../../testing/close-rows.js';
import { runRows } from '../../testing/run-module.js';

const features = [
  { name: 'a', zeroIsMissing: true },
  { name: 'level', levels: ['red', 'green'] },
  { name: 'b' },
];
const leaf = (...values: number[]) => ({ kind: 'leaf' as const, values });

/** Trees in which missing values, zeros and unseen levels go ways of their own. */
function trees(nValues: number) {
  const values = (value: number) => Array.from({ length: nValues }, (_, k) => value + 0.1 * k);
  return EnsembleTrees.of(features, nValues, [
    [
      { kind: 'number', feature: 0, threshold: 0.5, missing: 'right', left: 1, right: 2 },
      { kind: 'category', feature: 1, levels: [0], unseen: 'left', missing: 'right', left: 3, right: 4 },
      { kind: 'category', feature: 1, levels: [1], unseen: 'right', missing: 'left', left: 5, right: 6 },
      ...[0.1, 0.2, 0.3, 0.7].map((value) => leaf(...values(value))),
    ],
    [
      { kind: 'number', feature: 2, threshold: -3, missing: 'left', left: 1, right: 2 },
      leaf(...values(0.15)),
      leaf(...values(-0.4)),
    ],
  ]);
}

const x = Table.fromColumns({
  a: [0, 0.5, 0.6, null, -2, 1e-40, 3, 0, 1],
  level: ['red', 'green', 'blue', null, null, 'green', 'red', 'blue', null],
  b: [-3, 1e308, null, -4, 0, 5, -2.9, -3.1, null],
});

for (const precision of ['double', 'single'] as const) {
  for (const isMean of [false, true]) {
    const ensemble = (nValues: number, baseScores: readonly number[]) =>
      new TreeEnsemble({ trees: trees(nValues), baseScores, isMean, precision });

    test.each(['logistic', 'softmax', 'oneVsRest', 'shares'] as const)(
      `imported trees, %s, in ${precision} precision${isMean ? ', averaged' : ''}`,
      (link) => {
        const isTwo = link === 'logistic';
        const classes = isTwo ? ['no', 'yes'] : ['no', 'yes', 'perhaps'];
        const model = new TreeEnsembleClassifier({
          classes,
          link,
          slope: link === 'logistic' ? 2 : 1,
          ensemble: isTwo ? ensemble(1, [0.3]) : ensemble(3, [0.3, 0, -0.1]),
        });
        const expected = model.predictProba(x);
        runRows(model, x.toRows()).forEach((row, at) => {
          const own = isTwo
            ? [1 - Number(row?.probability), row?.probability]
            : (row?.probabilities as number[]);
          for (const k of classes.keys()) requireClose(own[k], expected[k][at], `row ${at}, class ${k}`);
        });
      },
    );

    test.each(['identity', 'exp', 'logistic', 'square', 'softplus'] as const)(
      `imported regression trees, %s, in ${precision} precision${isMean ? ', averaged' : ''}`,
      (link) => {
        const model = new TreeEnsembleRegressor({ link, ensemble: ensemble(1, [-0.2]) });
        const expected = model.predict(x);
        runRows(model, x.toRows()).forEach((row, at) => {
          requireClose(row?.amount, expected[at], `row ${at}`);
        });
      },
    );
  }
}
