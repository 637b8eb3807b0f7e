import { ChurnError } from '@churn/core';
import type {
  DecisionTree,
  FittedForest,
  FittedForestRegressor,
  FittedGradientBoosting,
  FittedGradientBoostingRegressor,
} from '@churn/models';
import { decisionTrees } from '@churn/models';
import type { Expression } from '../../expression.js';
import type { ColumnId, ProgramNode, ProgramTree } from '../../program.js';
import type { ClassifierLowering } from '../classifier-lowering.js';
import { add, column, divide, number } from '../expressions.js';
import type { Frame } from '../frame.js';
import type { ProgramBuilder } from '../program-builder.js';
import type { Range } from '../range.js';
import type { RegressorLowering } from '../regressors.js';
import { categoryStatistics } from './category-statistics.js';
import { named, ofScores, refuseFeatures, withComplement } from './probabilities.js';

export const gradientBoosting: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, boosted } = fitted as FittedGradientBoosting;
  const scores = boostedScores(type, boosted, frame, builder);
  return { probabilities: () => ofScores(type, scores, builder), scores: () => scores };
};

export const gradientBoostingRegressor: RegressorLowering = (fitted, frame, builder) => {
  const { type, boosted } = fitted as FittedGradientBoostingRegressor;
  if (boosted.quantiles) {
    throw new ChurnError(
      'unsupported',
      `${type}: the sorting of several quantiles cannot be exported; expected a single quantile`,
    );
  }
  const [score] = boostedScores(type, boosted, frame, builder);
  if (boosted.link === 'identity') return score;
  return builder.compute(type, [{ name: 'amount', value: { op: 'exp', of: column(score) } }])[0];
};

function boostedScores(
  type: string,
  { binning, baseScores, trees, statistics }: Omit<FittedGradientBoosting['boosted'], 'classes'>,
  frame: Frame,
  builder: ProgramBuilder,
): ColumnId[] {
  const derived = statistics ? categoryStatistics(type, statistics, frame, builder) : frame;
  const features = refuseFeatures(derived, binning.names, builder, { takesMissing: true });
  const all = decisionTrees(binning, trees);
  const nScores = baseScores.length;
  return baseScores.map((base, k) => {
    const own = all.filter((_, tree) => tree % nScores === k);
    if (own.length === 0) return builder.compute(type, [{ name: named('score', k), value: number(base) }])[0];
    const [sum] = treeSums(type, own, features, [named('sum of trees', k)], builder);
    return builder.compute(type, [{ name: named('score', k), value: add(number(base), column(sum)) }])[0];
  });
}

export const forest: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type } = fitted;
  const means = forestMeans(fitted as FittedForest, frame, builder);
  if (means.length === 1) return { probabilities: () => withComplement(type, means[0], builder) };
  return {
    probabilities: () =>
      builder.compute(
        type,
        means.map((value, k) => ({ name: named('probability', k), value })),
      ),
  };
};

export const forestRegressor: RegressorLowering = (fitted, frame, builder) => {
  const [value] = forestMeans(fitted as FittedForestRegressor, frame, builder);
  return builder.compute(fitted.type, [{ name: 'amount', value }])[0];
};

/** The mean leaf values over the trees of a forest. */
function forestMeans(
  { type, forest: learned }: FittedForest | FittedForestRegressor,
  frame: Frame,
  builder: ProgramBuilder,
): Expression[] {
  const { binning, trees } = learned;
  const features = refuseFeatures(frame, binning.names, builder, { takesMissing: true });
  const names = Array.from({ length: trees.shape.nOutputs }, (_, k) => named('sum of trees', k));
  const sums = treeSums(type, decisionTrees(binning, trees), features, names, builder);
  return sums.map((id) => divide(column(id), number(trees.length)));
}

/** The sums of trees over columns. */
function treeSums(
  of: string,
  trees: readonly DecisionTree[],
  features: readonly ColumnId[],
  names: readonly string[],
  builder: ProgramBuilder,
): ColumnId[] {
  const lowered = trees.map((tree) => loweredTree(tree, features));
  const reads = new Set(
    lowered.flatMap((tree) => tree.flatMap((node) => (node.kind === 'leaf' ? [] : [node.column]))),
  );
  return builder.step(reads, names, rangeOfSums(lowered), (outputs) => ({
    kind: 'trees',
    of,
    trees: lowered,
    outputs,
  }));
}

function loweredTree(tree: DecisionTree, features: readonly ColumnId[]): ProgramTree {
  return tree.map((node): ProgramNode => {
    if (node.kind === 'leaf') return node;
    const { feature, ...rest } = node;
    return { ...rest, column: features[feature] };
  });
}

function rangeOfSums(trees: readonly ProgramTree[]): Range {
  let [from, to] = [0, 0];
  for (const tree of trees) {
    let [min, max] = [Infinity, -Infinity];
    for (const node of tree) {
      if (node.kind !== 'leaf') continue;
      for (const value of node.values) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    from += min;
    to += max;
  }
  return { from, to };
}
