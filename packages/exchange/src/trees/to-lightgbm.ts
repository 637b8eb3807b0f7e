import { ChurnError, type FittedModel, firstRepeated } from '@churn/core';
import type { EnsembleNode } from '@churn/models';
import { type PlainTrees, plainTrees } from './plain-trees.js';

/**
 * Writes a tree model as a LightGBM text file (format version 4), for `lightgbm.Booster(model_file=…)`: gradient boosting, forests,
 * decision trees and imported ensembles.
 *
 * Raw scores equal those of the model except for rounding, since the base scores are added to the first trees. Forests predict
 * probabilities, without an objective. Levels of categories are written as `pandas_categorical`; LightGBM treats unseen levels as missing.
 * Spaces in names become `_`, since LightGBM does not support them.
 *
 * @throws `unsupported` for other models, and for links that LightGBM does not support.
 */
export function toLightGBM(model: FittedModel): string {
  const plain = plainTrees(model, 'a file of LightGBM');
  const { features, baseScores, trees, isMean } = plain;
  const names = features.map(({ name }) => name.replace(/\s/g, '_'));
  if (firstRepeated(names) !== undefined) {
    throw new ChurnError(
      'unsupported',
      `LightGBM: expected unique feature names after replacing spaces, got ${firstRepeated(names)} twice`,
    );
  }
  const nScores = baseScores.length;
  const categories = features.flatMap(({ levels }, j) => (levels ? [{ j, levels }] : []));
  const infos = features.map(({ levels }) =>
    levels ? levels.map((_, code) => code).join(':') || 'none' : '[-1e+308:1e+308]',
  );
  const objective = objectiveOf(plain);
  const head = [
    'tree',
    'version=v4',
    `num_class=${nScores}`,
    `num_tree_per_iteration=${nScores}`,
    'label_index=0',
    `max_feature_idx=${features.length - 1}`,
    ...(objective ? [`objective=${objective}`] : []),
    ...(isMean ? ['average_output'] : []),
    `feature_names=${names.join(' ')}`,
    `feature_infos=${infos.join(' ')}`,
    '',
  ];
  const bodies = trees.map((nodes, tree) => {
    // For an average, each tree includes the base score.
    const base = isMean || tree < nScores ? baseScores[tree % nScores] : 0;
    return [`Tree=${tree}`, ...treeLines(nodes, base, features), '', ''].join('\n');
  });
  const tail = [
    'end of trees',
    '',
    'parameters:',
    `[categorical_feature: ${categories.map(({ j }) => j).join(',')}]`,
    'end of parameters',
    '',
    `pandas_categorical:${JSON.stringify(categories.map(({ levels }) => levels))}`,
    '',
  ];
  return [head.join('\n'), ...bodies, tail.join('\n')].join('\n');
}

function objectiveOf({ link, slope, baseScores }: PlainTrees): string | undefined {
  switch (link) {
    case 'logistic':
      return `binary sigmoid:${slope}`;
    case 'softmax':
      return `multiclass num_class:${baseScores.length}`;
    case 'oneVsRest':
      return `multiclassova num_class:${baseScores.length} sigmoid:${slope}`;
    case 'shares':
      return undefined;
    case 'identity':
      return 'regression';
    case 'exp':
      return 'poisson';
    case 'square':
      return 'regression sqrt';
    case 'softplus':
      return 'cross_entropy_lambda';
  }
}

/** The bits of `decision_type`: categorical, missing values to the left, and whether zeros or `NaN` are missing. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const ZERO = 4;
const NAN = 8;

function treeLines(nodes: readonly EnsembleNode[], base: number, features: PlainTrees['features']): string[] {
  const numbers = new Int32Array(nodes.length);
  let [nSplits, nLeaves] = [0, 0];
  nodes.forEach((node, i) => {
    numbers[i] = node.kind === 'leaf' ? ~nLeaves++ : nSplits++;
  });
  const covers = coversOf(nodes);
  const lines = {
    split_feature: [] as number[],
    split_gain: [] as number[],
    threshold: [] as number[],
    decision_type: [] as number[],
    left_child: [] as number[],
    right_child: [] as number[],
    leaf_value: [] as number[],
    leaf_weight: [] as number[],
    leaf_count: [] as number[],
    internal_value: [] as number[],
    internal_weight: [] as number[],
    internal_count: [] as number[],
  };
  const boundaries = [0];
  const words: number[] = [];
  nodes.forEach((node, i) => {
    if (node.kind === 'leaf') {
      lines.leaf_value.push(node.values[0] + base);
      lines.leaf_weight.push(covers[i]);
      lines.leaf_count.push(Math.round(covers[i]));
      return;
    }
    lines.split_feature.push(node.feature);
    lines.split_gain.push(node.gain ?? 0);
    lines.internal_value.push(0);
    lines.internal_weight.push(covers[i]);
    lines.internal_count.push(Math.round(covers[i]));
    if (node.kind === 'number') {
      const isLeft = node.missing === 'left' ? DEFAULT_LEFT : 0;
      lines.threshold.push(node.threshold);
      lines.decision_type.push(isLeft + (features[node.feature].zeroIsMissing ? ZERO : NAN));
      lines.left_child.push(numbers[node.left]);
      lines.right_child.push(numbers[node.right]);
      return;
    }
    // In LightGBM, missing values go to the right, so the children may have to be swapped.
    const isTurned = node.missing === 'left';
    const inSet = new Set(node.levels);
    const set = wordsOf(features[node.feature].levels ?? [], (code) => inSet.has(code) !== isTurned);
    lines.threshold.push(boundaries.length - 1);
    lines.decision_type.push(CATEGORICAL + NAN);
    lines.left_child.push(numbers[isTurned ? node.right : node.left]);
    lines.right_child.push(numbers[isTurned ? node.left : node.right]);
    for (const word of set) words.push(word);
    boundaries.push(words.length);
  });
  const nCategories = boundaries.length - 1;
  return [
    `num_leaves=${nLeaves}`,
    `num_cat=${nCategories}`,
    ...Object.entries(lines).map(([field, values]) => `${field}=${values.join(' ')}`),
    ...(nCategories > 0
      ? [`cat_boundaries=${boundaries.join(' ')}`, `cat_threshold=${words.join(' ')}`]
      : []),
    'is_linear=0',
    'shrinkage=1',
  ];
}

function wordsOf(levels: readonly string[], isIn: (code: number) => boolean): number[] {
  const words = Array<number>(Math.max(1, Math.ceil(levels.length / 32))).fill(0);
  levels.forEach((_, code) => {
    if (isIn(code)) words[code >> 5] = (words[code >> 5] | (1 << (code & 31))) >>> 0;
  });
  return words;
}

/** The weight of the rows in each node; 1 per leaf if unknown. */
export function coversOf(nodes: readonly EnsembleNode[]): Float64Array {
  const covers = new Float64Array(nodes.length);
  // Children come after their parents.
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    covers[i] = node.kind === 'leaf' ? (node.cover ?? 1) : covers[node.left] + covers[node.right];
  }
  return covers;
}
