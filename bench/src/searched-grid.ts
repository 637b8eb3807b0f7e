import { geomspace } from '@churn/selection';

export const GRID_MODULE = new URL('../src/grid-pipeline.mjs', import.meta.url);
/** All processes of a benchmark run the same code. */
export const NO_BUILD = { version: 'bench', hash: 'bench' };

/** Forests and logistic regressions, in 45 pieces of a tenth of a second to some seconds. */
export const SEARCHED_GRID = [
  { model: ['lr'], C: geomspace(1e-3, 10, 6), penalty: ['l1', 'l2'], degree: [1, 2] },
  ...[20, 40, 60].flatMap((nEstimators) => [
    {
      model: ['rf'],
      criterion: ['gini', 'entropy'],
      maxDepth: [4, 8],
      maxFeatures: ['sqrt'],
      nEstimators: [nEstimators],
    },
  ]),
];
