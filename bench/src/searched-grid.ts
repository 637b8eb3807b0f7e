import { geomspace } from '@churn/selection';

export const GRID_MODULE = new URL('../src/grid-pipeline.mjs', import.meta.url);
/** The module of the grid, the same for all processes of a benchmark. */
export const NO_BUILD = { version: 'bench', hash: 'bench' };

/** Forests and logistic regressions, with tasks of about a second. */
export const SEARCHED_GRID = [
  { model: ['lr'], C: geomspace(1e-3, 10, 6), penalty: ['l1', 'l2'], degree: [1, 2] },
  ...[20, 40].flatMap((nEstimators) => [
    {
      model: ['rf'],
      criterion: ['gini', 'entropy'],
      maxDepth: [4, 8],
      maxFeatures: ['sqrt'],
      nEstimators: [nEstimators],
    },
  ]),
];

/** Tiny tasks, which measure the overhead of distribution. */
export const SMALL_GRID = [{ model: ['lr'], C: [1], penalty: ['l2'], degree: [1, 2] }];
