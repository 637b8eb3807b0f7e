import { ChurnError, type FittedModel } from '@churn/core';
import type {
  AmountEnsemble,
  ClassEnsemble,
  EnsembleFeature,
  EnsembleNode,
  FittedForest,
  FittedGradientBoosting,
  Side,
  TreeEnsembleClassifier,
  TreeEnsembleRegressor,
} from '@churn/models';

/** The trees of a fitted model, with exact thresholds, whichever class it has. */
export interface PlainTrees {
  readonly features: readonly EnsembleFeature[];
  /** What the scores become: the links of imported ensembles. */
  readonly link: ClassEnsemble['link'] | AmountEnsemble['link'];
  readonly role: 'classifier' | 'regressor';
  readonly slope: number;
  readonly baseScores: readonly number[];
  readonly isMean: boolean;
  /** The trees, each of one score: tree t counts for score t % n of n scores. */
  readonly trees: readonly (readonly EnsembleNode[])[];
}

/** The mark of a leaf among columns, and the bin of a missing value, as the arrays of fitted trees have them. */
const LEAF_COLUMN = 0xffff;
const MISSING_BIN = 255;
const SET_WORDS = 8;

/**
 * The trees of a model of trees: boosting, a forest, a tree or an imported ensemble.
 *
 * @param to what they are wanted for, for messages.
 * @throws `unsupported` for other models, and for boosting with statistics of categories, naming what to do instead.
 */
export function plainTrees(model: FittedModel, to: string): PlainTrees {
  // Not instanceof: it may come from the other build (ESM or CommonJS) of the package.
  if (isEnsemble(model)) return ofEnsemble(model);
  if ('boosted' in model) return ofBoosting(model as FittedGradientBoosting, to);
  if ('forest' in model) return ofForest(model as FittedForest);
  throw new ChurnError(
    'unsupported',
    `${model.type}: ${to} holds trees alone; expected gradient boosting, a forest, a decision tree or an imported ensemble`,
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

function ofBoosting({ boosted }: FittedGradientBoosting, to: string): PlainTrees {
  const { statistics, binning, baseScores, trees } = boosted;
  if (statistics) {
    throw new ChurnError(
      'unsupported',
      `GradientBoostingClassifier: ${to} has no statistics of categories; fit it with categories: 'sets'`,
    );
  }
  const link = baseScores.length === 1 ? 'logistic' : 'softmax';
  return {
    ...binnedNodes(binning, trees),
    link,
    role: 'classifier',
    slope: 1,
    baseScores,
    isMean: false,
  };
}

function ofForest({ forest }: FittedForest): PlainTrees {
  const { binning, trees } = forest;
  const { nOutputs } = trees.shape;
  const { features, trees: nodes } = binnedNodes(binning, trees);
  return {
    features,
    link: 'shares',
    role: 'classifier',
    slope: 1,
    baseScores: Array(nOutputs).fill(0),
    isMean: true,
    trees: nOutputs === 1 ? nodes : nodes.flatMap((each) => byScore(each, nOutputs)),
  };
}

/** A tree a score, where a leaf has a value a score. */
function byScore(nodes: readonly EnsembleNode[], nScores: number): EnsembleNode[][] {
  return Array.from({ length: nScores }, (_, k) =>
    nodes.map((node) => (node.kind === 'leaf' ? { ...node, values: [node.values[k]] } : node)),
  );
}

/** The nodes of trees that split bins, in whose order they stand: the children of the k-th split are the nodes 2k + 1 and 2k + 2. */
function binnedNodes(
  { features: bins }: FittedGradientBoosting['boosted']['binning'],
  { arrays, shape }: FittedGradientBoosting['boosted']['trees'],
): Pick<PlainTrees, 'features' | 'trees'> {
  const { columns, sets, leafValues, leafWeights, nodesPerTree, bins: lastBins } = arrays;
  const { nFeatures, nOutputs } = shape;
  let [at, nLeaves, nSets] = [0, 0, 0];
  const trees = Array.from(nodesPerTree, (nNodes) => {
    let left = 1;
    return Array.from({ length: nNodes }, (): EnsembleNode => {
      const node = at++;
      if (columns[node] === LEAF_COLUMN) {
        const leaf = nLeaves++;
        const values = Array.from(leafValues.subarray(leaf * nOutputs, (leaf + 1) * nOutputs));
        return { kind: 'leaf', values, cover: leafWeights[leaf] };
      }
      const feature = columns[node] % nFeatures;
      const parts = { feature, left, right: left + 1 };
      left += 2;
      const ofFeature = bins[feature];
      if ('edges' in ofFeature) {
        // Beyond the last edge no number lies.
        const threshold = ofFeature.edges[lastBins[node]] ?? Number.MAX_VALUE;
        return { kind: 'number', ...parts, threshold, missing: columns[node] < nFeatures ? 'right' : 'left' };
      }
      const set = sets.subarray(SET_WORDS * nSets, SET_WORDS * ++nSets);
      const sideOf = (bin: number): Side => ((set[bin >> 5] >>> (bin & 31)) & 1 ? 'right' : 'left');
      const levels = Array.from(ofFeature.levels.keys()).filter((bin) => sideOf(bin) === 'left');
      const others = sideOf(MISSING_BIN);
      return { kind: 'category', ...parts, levels, unseen: others, missing: others };
    });
  });
  const features = bins.map(
    ({ name, ...rest }): EnsembleFeature => ('levels' in rest ? { name, levels: rest.levels } : { name }),
  );
  return { features, trees };
}
