import { ChurnError, type FittedModel } from '@churn/core';
import type { EnsembleNode } from '@churn/models';
import { type PlainTrees, plainTrees } from './plain-trees.js';
import { over } from './single-precision.js';
import { coversOf } from './to-lightgbm.js';

/** The version of the file format: XGBoost 3.2. */
const VERSION = [3, 2, 0];

/**
 * Writes a tree model as an XGBoost JSON file, for `xgboost.Booster(model_file=…)`: gradient boosting, forests, decision trees and imported
 * ensembles.
 *
 * XGBoost uses single precision, so scores agree with the model to about seven digits, and rows whose numbers are exact in single precision
 * reach the same leaves. Forests for more than two classes have one target per class. Categories are codes in the order of the model's
 * levels; the file contains the level names if all are ASCII.
 *
 * @throws `unsupported` for other models, for links that XGBoost does not support, and for zeros as missing values.
 */
export function toXGBoost(model: FittedModel): string {
  const plain = plainTrees(model, 'a file of XGBoost');
  const { features, baseScores, trees, isMean } = plain;
  const nScores = baseScores.length;
  const zeros = features.find(({ zeroIsMissing }) => zeroIsMissing);
  if (zeros) {
    throw new ChurnError(
      'unsupported',
      `${zeros.name}: zeros are missing values in the model, but numbers in XGBoost files; expected zero_as_missing=false in training`,
    );
  }
  const { name, base, ...counts } = objectiveOf(plain);
  const nRounds = trees.length / nScores;
  const texts = trees.map((nodes, tree) => {
    const start = tree < nScores ? baseScores[tree % nScores] : 0;
    return treeText(nodes, tree, features, isMean ? nRounds : 1, start);
  });
  const boosted = {
    cats: categoriesOf(features),
    gbtree_model_param: { num_parallel_tree: '1', num_trees: String(trees.length) },
    iteration_indptr: Array.from({ length: nRounds + 1 }, (_, round) => round * nScores),
    tree_info: trees.map((_, tree) => tree % nScores),
  };
  const learner = {
    attributes: {},
    feature_names: features.map((feature) => feature.name),
    feature_types: features.map(({ levels }) => (levels ? 'c' : 'float')),
    learner_model_param: {
      base_score: base,
      boost_from_average: '0',
      num_class: '0',
      num_feature: String(features.length),
      num_target: '1',
      ...counts,
    },
    objective: {
      name,
      ...(name === 'multi:softprob'
        ? { softmax_multiclass_param: { num_class: String(nScores) } }
        : { reg_loss_param: { scale_pos_weight: '1' } }),
    },
  };
  const booster = withField({ name: 'gbtree' }, 'model', withField(boosted, 'trees', `[${texts.join(',')}]`));
  return withField({ version: VERSION }, 'learner', withField(learner, 'gradient_booster', booster));
}

/** Adds a field, given as JSON, to the JSON of an object. */
function withField(object: object, key: string, json: string): string {
  return `${JSON.stringify(object).slice(0, -1)},"${key}":${json}}`;
}

/** Numbers that XGBoost parses as floats rather than integers. */
function floats(values: ArrayLike<number>): string {
  return `[${Array.from(values, (value) => value.toExponential()).join(',')}]`;
}

/** The objective, its prediction for a raw score of 0, and the number of outputs. */
function objectiveOf({ link, slope, baseScores }: PlainTrees) {
  const count = String(baseScores.length);
  if (link === 'logistic' && slope === 1) return { name: 'binary:logistic', base: '5E-1' };
  if (link === 'softmax') return { name: 'multi:softprob', base: '0E0', num_class: count };
  if (link === 'shares') return { name: 'reg:squarederror', base: '0E0', num_target: count };
  if (link === 'identity') return { name: 'reg:squarederror', base: '0E0' };
  if (link === 'exp') return { name: 'reg:gamma', base: '1E0' };
  throw new ChurnError(
    'unsupported',
    `XGBoost files do not support the link ${JSON.stringify(link)}${slope === 1 ? '' : ` of slope ${slope}`}; expected logistic, softmax, shares, identity or exp`,
  );
}

/** The names of levels in the format of XGBoost 3.1 and later: all bytes, and the offset of each name. */
function categoriesOf(features: PlainTrees['features']) {
  const encoder = new TextEncoder();
  const segments = [0];
  const sorted: number[] = [];
  const enc = features.map(({ levels = [] }) => {
    const bytes = levels.map((level) => encoder.encode(level));
    const offsets = levels.length === 0 ? [] : [0];
    for (const { length } of bytes) offsets.push((offsets.at(-1) ?? 0) + length);
    segments.push((segments.at(-1) ?? 0) + levels.length);
    const order = Array.from(levels.keys()).sort((a, b) => compareBytes(bytes[a], bytes[b]));
    sorted.push(...order);
    return {
      offsets,
      values: bytes.flatMap((each) => Array.from(new Int8Array(each.buffer, each.byteOffset, each.length))),
    };
  });
  // XGBoost 3.2 confuses names with non-ASCII letters; without names, it uses only the codes.
  const areAscii = enc.every(({ values }) => values.every((value) => value >= 0));
  if (sorted.length === 0 || !areAscii) return { enc: [], feature_segments: [], sorted_idx: [] };
  return { enc, feature_segments: segments, sorted_idx: sorted };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

/** The JSON of a tree. */
function treeText(
  nodes: readonly EnsembleNode[],
  id: number,
  features: PlainTrees['features'],
  divisor: number,
  base: number,
): string {
  const covers = coversOf(nodes);
  const parents = new Int32Array(nodes.length).fill(NO_PARENT);
  const categories: number[] = [];
  const sets: { node: number; start: number; size: number }[] = [];
  const conditions = nodes.map((node, i) => {
    if (node.kind === 'leaf') return Math.fround(node.values[0] / divisor + base);
    parents[node.left] = i;
    parents[node.right] = i;
    if (node.kind === 'number') return finite(over(node.threshold));
    return 0;
  });
  const goesLeft = (node: EnsembleNode) => node.kind !== 'leaf' && node.missing === 'left';
  nodes.forEach((node, i) => {
    if (node.kind !== 'category') return;
    const left = new Set(node.levels);
    const start = categories.length;
    for (let code = 0; code < (features[node.feature].levels?.length ?? 0); code++)
      if (!left.has(code)) categories.push(code);
    sets.push({ node: i, start, size: categories.length - start });
  });
  const of = <T>(split: (node: Exclude<EnsembleNode, { kind: 'leaf' }>) => T, otherwise: T) =>
    nodes.map((node) => (node.kind === 'leaf' ? otherwise : split(node)));
  const tree = {
    categories,
    categories_nodes: sets.map(({ node }) => node),
    categories_segments: sets.map(({ start }) => start),
    categories_sizes: sets.map(({ size }) => size),
    default_left: nodes.map((node) => Number(goesLeft(node))),
    id,
    left_children: of(({ left }) => left, -1),
    parents: Array.from(parents),
    right_children: of(({ right }) => right, -1),
    split_indices: of(({ feature }) => feature, 0),
    split_type: of(({ kind }) => Number(kind === 'category'), 0),
    tree_param: {
      num_deleted: '0',
      num_feature: String(features.length),
      num_nodes: String(nodes.length),
      size_leaf_vector: '1',
    },
  };
  const numbers = {
    base_weights: conditions.map((value, i) => (nodes[i].kind === 'leaf' ? value : 0)),
    loss_changes: of(({ gain }) => gain ?? 0, 0),
    split_conditions: conditions,
    sum_hessian: covers,
  };
  return Object.entries(numbers).reduce(
    (json, [field, values]) => `${json.slice(0, -1)},"${field}":${floats(values)}}`,
    JSON.stringify(tree),
  );
}

/** The parent index of a root. */
const NO_PARENT = 2_147_483_647;
/** The largest single-precision number. */
const LARGEST = 3.4028234663852886e38;

function finite(value: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, value));
}
