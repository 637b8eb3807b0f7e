import { geomspace } from '@churn/selection';

export const GRID_MODULE = new URL('../src/grid-pipeline.mjs', import.meta.url);
/** All processes of a benchmark run the same code. */
export const NO_BUILD = { version: 'bench', hash: 'bench' };

/** Forests and logistic regressions, of about a second a piece. */
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

/** Pieces that are nearly nothing, which show what it costs to have them done elsewhere. */
export const SMALL_GRID = [{ model: ['lr'], C: [1], penalty: ['l2'], degree: [1, 2] }];
