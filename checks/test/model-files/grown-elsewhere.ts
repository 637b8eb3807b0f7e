import { FittedPipeline, Random, summaryOf, type Table } from '@churn/core';
import {
  type EnsembleFeature,
  type EnsembleNode,
  EnsembleTrees,
  type Side,
  TreeEnsemble,
  TreeEnsembleClassifier,
  TreeEnsembleRegressor,
} from '@churn/models';
import type { Sample } from './model-samples';

/** Features with all that trees of other libraries distinguish: numbers, zeros that count as missing, and levels. */
const features: readonly EnsembleFeature[] = [
  { name: 'a' },
  { name: 'gap', zeroIsMissing: true },
  { name: 'level', levels: ['u', 'v', '__proto__'] },
];

/** A tree of random splits three deep. */
function tree(random: Random, nValues: number): EnsembleNode[] {
  const nodes: EnsembleNode[] = [];
  const side = (): Side => (random.uniform() < 0.5 ? 'left' : 'right');
  const grow = (depth: number): number => {
    const at = nodes.length;
    nodes.push({ kind: 'leaf', values: Array.from({ length: nValues }, () => random.normal()), cover: 5 });
    if (depth === 0) return at;
    const feature = random.int(features.length);
    const split = { feature, left: grow(depth - 1), right: grow(depth - 1), missing: side(), gain: 1 };
    nodes[at] = features[feature].levels
      ? { kind: 'category', ...split, levels: [random.int(3)], unseen: side() }
      : { kind: 'number', ...split, threshold: random.normal() };
    return at;
  };
  grow(3);
  return nodes;
}

function ensemble(nScores: number, nValues: number, precision: 'double' | 'single' = 'double'): TreeEnsemble {
  const random = new Random(nScores);
  const trees = Array.from({ length: 2 * nScores }, () => tree(random, nValues));
  return new TreeEnsemble({
    trees: EnsembleTrees.of(features, nValues, trees),
    baseScores: new Array<number>(nScores).fill(0.25),
    isMean: precision === 'single',
    precision,
    importances: [0.5, 0.25, 0.25],
  });
}

/** A pipeline of trees that look at columns of `x`. */
function pipelineOf<M extends TreeEnsembleClassifier | TreeEnsembleRegressor>(
  model: M,
  x: Table,
): FittedPipeline<M> {
  return new FittedPipeline<M>(model.schema, [], model, summaryOf(x.select(model.features)));
}

/** Samples of trees that other libraries have grown: there is nothing to fit. */
export function grownElsewhere(x: Table): Record<string, () => Sample[]> {
  const two = ['no', 'yes'];
  const three = ['p', 'q', 'r'];
  const classifiers = [
    { classes: two, link: 'logistic', slope: 0.5, ensemble: ensemble(1, 1) },
    { classes: three, link: 'softmax', slope: 1, ensemble: ensemble(3, 1) },
    { classes: three, link: 'oneVsRest', slope: 1, ensemble: ensemble(3, 3) },
    { classes: two, link: 'shares', slope: 1, ensemble: ensemble(1, 1, 'single') },
  ] as const;
  return {
    TreeEnsembleClassifier: () =>
      classifiers.map((parts) => ({
        model: pipelineOf(new TreeEnsembleClassifier(parts), x),
        classes: [TreeEnsembleClassifier],
      })),
    TreeEnsembleRegressor: () =>
      (['identity', 'exp', 'square'] as const).map((link) => ({
        model: pipelineOf(new TreeEnsembleRegressor({ link, ensemble: ensemble(1, 1) }), x),
        classes: [TreeEnsembleRegressor],
      })),
  };
}
