import { ChurnError, type FittedModel } from '@churn/core';
import {
  type ClassEnsemble,
  decisionTrees,
  type EnsembleFeature,
  type EnsembleNode,
  type FittedForest,
  type FittedForestRegressor,
  type FittedGradientBoosting,
  type FittedGradientBoostingRegressor,
  type RegressionTreeEnsemble,
  type Side,
  type TreeEnsembleClassifier,
  type TreeEnsembleRegressor,
} from '@churn/models';

/** The trees of a fitted model of any class, with exact thresholds. */
export interface PlainTrees {
  readonly features: readonly EnsembleFeature[];
  /** The link between scores and predictions, as in imported ensembles. */
  readonly link: ClassEnsemble['link'] | RegressionTreeEnsemble['link'];
  readonly role: 'classifier' | 'regressor';
  readonly slope: number;
  readonly baseScores: readonly number[];
  readonly isMean: boolean;
  /** The trees, each for one score: tree t belongs to score t % n of n scores. */
  readonly trees: readonly (readonly EnsembleNode[])[];
}

/**
 * The trees of a tree model: boosting, a forest, a decision tree or an imported ensemble.
 *
 * @param to the target format, for messages.
 * @throws `unsupported` for other models, and for boosting with category statistics; the message suggests an alternative.
 */
export function plainTrees(model: FittedModel, to: string): PlainTrees {
  // Not instanceof, since the model may come from the other build (ESM or CommonJS) of the package.
  if (isEnsemble(model)) return ofEnsemble(model);
  if ('boosted' in model) {
    return ofBoosting(model as FittedGradientBoosting | FittedGradientBoostingRegressor, to);
  }
  if ('forest' in model) return ofForest(model as FittedForest | FittedForestRegressor);
  throw new ChurnError(
    'unsupported',
    `${model.type}: ${to} supports only trees; expected gradient boosting, a forest, a decision tree or an imported ensemble`,
  );
}

function isEnsemble(model: FittedModel): model is TreeEnsembleClassifier | TreeEnsembleRegressor {
  return model.type === 'TreeEnsembleClassifier' || model.type === 'TreeEnsembleRegressor';
}

function ofEnsemble(model: TreeEnsembleClassifier | TreeEnsembleRegressor): PlainTrees {
  const { ensemble, link } = model.parts;
  const { trees, baseScores, isMean } = ensemble.parts;
  const nodes = Array.from({ length: trees.length }, (_, tree) => trees.nodesOf(tree));
  return {
    features: ensemble.features,
    link,
    role: model.role,
    slope: 'slope' in model.parts ? model.parts.slope : 1,
    baseScores,
    isMean,
    trees: trees.nValues === 1 ? nodes : nodes.flatMap((each) => byScore(each, baseScores.length)),
  };
}

function ofBoosting(
  { type, role, boosted }: FittedGradientBoosting | FittedGradientBoostingRegressor,
  to: string,
): PlainTrees {
  const { statistics, binning, baseScores, trees } = boosted;
  if (statistics) {
    throw new ChurnError(
      'unsupported',
      `${type}: ${to} does not support category statistics; fit the model with categories: 'sets'`,
    );
  }
  if ('quantiles' in boosted && boosted.quantiles) {
    throw new ChurnError(
      'unsupported',
      `${type}: ${to} supports one number per row; fit a model for each quantile`,
    );
  }
  const ofClasses = baseScores.length === 1 ? 'logistic' : 'softmax';
  return {
    ...binnedNodes(binning, trees),
    link: 'link' in boosted ? boosted.link : ofClasses,
    role,
    slope: 1,
    baseScores,
    isMean: false,
  };
}

function ofForest({ forest, role }: FittedForest | FittedForestRegressor): PlainTrees {
  const { binning, trees } = forest;
  const { nOutputs } = trees.shape;
  const { features, trees: nodes } = binnedNodes(binning, trees);
  return {
    features,
    link: role === 'classifier' ? 'shares' : 'identity',
    role,
    slope: 1,
    baseScores: Array(nOutputs).fill(0),
    isMean: true,
    trees: nOutputs === 1 ? nodes : nodes.flatMap((each) => byScore(each, nOutputs)),
  };
}

/** Splits trees with one leaf value per score into one tree per score. */
function byScore(nodes: readonly EnsembleNode[], nScores: number): EnsembleNode[][] {
  return Array.from({ length: nScores }, (_, k) =>
    nodes.map((node) => (node.kind === 'leaf' ? { ...node, values: [node.values[k]] } : node)),
  );
}

/** Converts nodes with binned splits to thresholds and indices of levels. */
function binnedNodes(
  binning: FittedGradientBoosting['boosted']['binning'],
  trees: FittedGradientBoosting['boosted']['trees'],
): Pick<PlainTrees, 'features' | 'trees'> {
  const features = binning.features.map(
    ({ name, ...rest }): EnsembleFeature => ('levels' in rest ? { name, levels: rest.levels } : { name }),
  );
  const { leafWeights } = trees.arrays;
  let nLeaves = 0;
  const nodes = decisionTrees(binning, trees).map((tree) =>
    tree.map((node): EnsembleNode => {
      if (node.kind === 'leaf') return { ...node, cover: leafWeights[nLeaves++] };
      if (node.kind === 'number') return node;
      const { feature, inside, outside } = node;
      const isLeft = inside < outside;
      const listed = new Set(node.levels);
      const others: Side = isLeft ? 'right' : 'left';
      return {
        kind: 'category',
        feature,
        left: isLeft ? inside : outside,
        right: isLeft ? outside : inside,
        levels: (features[feature].levels ?? []).flatMap((level, code) =>
          listed.has(level) === isLeft ? [code] : [],
        ),
        unseen: others,
        missing: others,
      };
    }),
  );
  return { features, trees: nodes };
}
