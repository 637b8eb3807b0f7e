import { ChurnError, log, StateReader } from '@churn/core';
import type { EnsembleFeature, EnsembleNode } from '@churn/models';
import {
  featureNames,
  type ImportedTrees,
  type ImportOptions,
  importedTrees,
  numberedClasses,
  type Objective,
  parsedJson,
  unsupported,
} from './imported-trees.js';
import { below } from './single-precision.js';
import { xgboostCategories } from './xgboost-categories.js';

/** Information about an XGBoost model that its file does not contain. */
export interface XGBoostImportOptions extends ImportOptions {
  /** The number of rounds to use. Default: up to `best_iteration` if training stopped early, otherwise all. */
  readonly rounds?: number | undefined;
}

/**
 * Imports a JSON file of XGBoost, written by `save_model('model.json')`: boosted trees, DART and random forests for two or more classes, or
 * for one numeric value.
 *
 * XGBoost compares and adds in single precision. So does the imported model: thresholds are adjusted so that doubles take the same branch
 * as the rounded numbers, and scores are summed in single precision in the order of the trees. Only missing values count as missing,
 * regardless of the `missing` parameter in training.
 *
 * @throws `model-file` if the file is damaged; `unsupported` for UBJSON, linear boosters, several targets and objectives that predict
 * neither probabilities nor values; `invalid-parameter` if `options` do not match the file.
 */
export function fromXGBoost(text: string, options: XGBoostImportOptions = {}): ImportedTrees {
  const learner = new StateReader('XGBoost', parsed(text)).child('learner');
  const model = learner.child('learner_model_param');
  const booster = boosterOf(learner);
  const nFeatures = wholeOf(model, 'num_feature');
  const nClasses = Math.max(1, wholeOf(model, 'num_class'));
  if (model.has('num_target') && wholeOf(model, 'num_target') > 1) {
    throw unsupported(
      'XGBoost',
      'the model has several targets; expected one: train a model for each target',
    );
  }
  const objective = objectiveOf(learner.child('objective').string('name'), nClasses);
  const names = featureNames(namesOf(learner, nFeatures), options);
  const trees = booster.model.children('trees').map((tree) => treeOf(tree, nFeatures, nClasses));
  const treeInfo = booster.model.numbers('tree_info', { from: 0, to: nClasses - 1, length: trees.length });
  const kept = nKept(learner, booster.model, options, nClasses);
  const baseScores = baseScoresOf(model, learner.child('objective').string('name'), nClasses);
  const weights = booster.weights?.numbers('weight_drop', { length: trees.length });
  const isVector = trees.some(({ nValues }) => nValues > 1);
  const order = isVector
    ? trees.slice(0, kept).map((_, tree) => tree)
    : inTurn(Array.from(treeInfo.slice(0, kept)), nClasses);
  const levels = xgboostCategories(learner, booster.model, trees, names, options);
  requireModestSets(trees, levels);
  const features = names.map((name, j): EnsembleFeature => {
    const ofFeature = levels.get(j);
    return ofFeature ? { name, levels: ofFeature } : { name };
  });
  const leafOf = (tree: number, value: number) =>
    weights ? Math.fround(Math.fround(weights[tree]) * value) : value;
  function* nodes(): Iterable<EnsembleNode[]> {
    for (const tree of order) {
      // An empty tree, if a score has fewer trees than another.
      if (tree < 0) yield [{ kind: 'leaf', values: [0], cover: 1 }];
      else yield nodesOf(trees[tree], levels, (value) => leafOf(tree, value));
    }
  }
  return importedTrees(
    {
      library: 'XGBoost',
      objective,
      features,
      trees: nodes(),
      nValues: isVector ? nClasses : 1,
      baseScores,
      precision: 'single',
      classes: numberedClasses(objective.kind === 'classes' ? Math.max(2, nClasses) : 1),
    },
    options,
  );
}

function parsed(text: string): unknown {
  // An object in UBJSON starts with the length of a key.
  if (/^\{[LliUI$#]/.test(text)) {
    throw unsupported('XGBoost', 'the file is UBJSON; expected JSON: save it with save_model("model.json")');
  }
  return parsedJson(text, 'XGBoost', 'save_model("model.json")');
}

/** The maximum total number of levels in the categorical splits. */
const MAX_LOOKUPS = 2 ** 28;

/** @throws `unsupported` if the categorical splits have too many levels in total to be imported in reasonable time. */
function requireModestSets(
  trees: readonly XGBoostTree[],
  levels: ReadonlyMap<number, readonly string[]>,
): void {
  let count = 0;
  for (const { sets, splitIndices } of trees) {
    for (const node of sets.keys()) count += levels.get(splitIndices[node])?.length ?? 0;
  }
  if (count <= MAX_LOOKUPS) return;
  throw unsupported(
    'XGBoost',
    `the categorical splits have ${count} levels in total; expected up to ${MAX_LOOKUPS}`,
  );
}

/** The trees, with their DART weights. */
function boosterOf(learner: StateReader): { model: StateReader; weights?: StateReader } {
  const booster = learner.child('gradient_booster');
  const name = booster.string('name');
  if (name === 'gbtree') return { model: booster.child('model') };
  if (name === 'dart') return { model: booster.child('gbtree').child('model'), weights: booster };
  throw unsupported(
    'XGBoost',
    `the booster ${JSON.stringify(name.slice(0, 60))} has no trees; expected gbtree or dart`,
  );
}

function objectiveOf(name: string, nClasses: number): Objective {
  const isOne = nClasses === 1;
  if (isOne && ['binary:logistic', 'binary:logitraw'].includes(name))
    return { kind: 'classes', link: 'logistic' };
  if (!isOne && ['multi:softprob', 'multi:softmax'].includes(name))
    return { kind: 'classes', link: 'softmax' };
  if (isOne && IDENTITY.includes(name)) return { kind: 'amount', link: 'identity' };
  if (isOne && EXPONENTIAL.includes(name)) return { kind: 'amount', link: 'exp' };
  if (isOne && name === 'reg:logistic') return { kind: 'amount', link: 'logistic' };
  throw unsupported(
    'XGBoost',
    `the objective ${JSON.stringify(name.slice(0, 60))} of ${nClasses} outputs predicts neither probabilities nor values; expected another objective`,
  );
}

const IDENTITY = [
  ...['reg:squarederror', 'reg:linear', 'reg:squaredlogerror', 'reg:absoluteerror', 'reg:pseudohubererror'],
  ...['reg:quantileerror', 'rank:pairwise', 'rank:ndcg', 'rank:map'],
];
const EXPONENTIAL = ['count:poisson', 'reg:gamma', 'reg:tweedie', 'survival:cox', 'survival:aft'];
const LOGISTIC = ['binary:logistic', 'reg:logistic'];

/** The base score of each output as a raw score. Files contain it on the scale of predictions; in earlier versions as one number for all outputs. */
function baseScoresOf(model: StateReader, objective: string, nClasses: number): number[] {
  const text = model.string('base_score');
  const values = text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((value) => Math.fround(Number(value)));
  const isRight = values.length === 1 || values.length === nClasses;
  model.expect(isRight && values.every(Number.isFinite), 'base_score', 'a number, or one per class');
  const margins = values.map((value) => {
    if (LOGISTIC.includes(objective)) {
      return Math.fround(-Math.fround(log(Math.fround(Math.fround(1 / value) - 1))));
    }
    return EXPONENTIAL.includes(objective) ? Math.fround(log(value)) : value;
  });
  model.expect(margins.every(Number.isFinite), 'base_score', 'a possible prediction of the objective');
  return Array.from({ length: nClasses }, (_, k) => margins[values.length === 1 ? 0 : k]);
}

function namesOf(learner: StateReader, nFeatures: number): string[] {
  const names = learner.has('feature_names') ? learner.names('feature_names') : [];
  if (names.length === 0) {
    learner.expect(nFeatures <= MAX_FEATURES, 'learner_model_param', `of up to ${MAX_FEATURES} features`);
    return Array.from({ length: nFeatures }, (_, j) => `f${j}`);
  }
  learner.expect(names.length === nFeatures, 'feature_names', `${nFeatures} names`);
  return names;
}

const MAX_FEATURES = 32_767;

/** The number of trees to use. */
function nKept(
  learner: StateReader,
  model: StateReader,
  { rounds }: XGBoostImportOptions,
  nClasses: number,
): number {
  const nTrees = model.children('trees').length;
  const attributes = learner.has('attributes') ? learner.child('attributes') : undefined;
  const best = attributes?.has('best_iteration') ? wholeOf(attributes, 'best_iteration') + 1 : undefined;
  const kept = rounds ?? best;
  if (kept === undefined) return nTrees;
  const parallel = Math.max(1, wholeOf(model.child('gbtree_model_param'), 'num_parallel_tree'));
  const ends = model.has('iteration_indptr')
    ? model.numbers('iteration_indptr', { from: 0, to: nTrees })
    : undefined;
  const end = ends ? ends[kept] : kept * parallel * nClasses;
  if (end !== undefined && Number.isInteger(end) && end <= nTrees && kept >= 1) return end;
  throw new ChurnError(
    rounds === undefined ? 'model-file' : 'invalid-parameter',
    `XGBoost: ${rounds === undefined ? 'best_iteration' : 'rounds'}: expected at most the number of rounds in the file, got ${kept}`,
  );
}

/** The trees in order, alternating between the scores; -1 if a score has none left. */
function inTurn(scores: readonly number[], nScores: number): number[] {
  const ofScore = Array.from({ length: nScores }, (): number[] => []);
  scores.forEach((score, tree) => {
    // A score index that is not an integer has no trees.
    ofScore[score]?.push(tree);
  });
  const rounds = ofScore.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from(
    { length: rounds * nScores },
    (_, i) => ofScore[i % nScores][Math.floor(i / nScores)] ?? -1,
  );
}

/** A tree in the file format. */
export interface XGBoostTree {
  readonly nValues: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly splitIndices: readonly number[];
  readonly conditions: readonly number[];
  readonly defaultLeft: readonly number[];
  readonly gains: readonly number[];
  readonly hessians: readonly number[];
  /** The leaf values for several scores, or the values of all nodes. */
  readonly leafWeights: readonly number[];
  /** Whether `leafWeights` contains leaves only, indexed by the right child of a leaf. */
  readonly areOfLeaves: boolean;
  /** The codes that go to the right, by node. */
  readonly sets: ReadonlyMap<number, readonly number[]>;
}

function treeOf(tree: StateReader, nFeatures: number, nClasses: number): XGBoostTree {
  const parameters = tree.child('tree_param');
  const nValues = parameters.has('size_leaf_vector')
    ? Math.max(1, wholeOf(parameters, 'size_leaf_vector'))
    : 1;
  tree.expect(nValues === 1 || nValues === nClasses, 'tree_param', 'leaves of one value, or one per class');
  const left = tree.numbers('left_children');
  const length = left.length;
  const types = tree.has('split_type') ? flagsOf(tree, 'split_type', length) : [];
  const sets = new Map<number, readonly number[]>();
  if (types.includes(1)) {
    const nodes = tree.numbers('categories_nodes', { from: 0, to: length - 1 });
    const starts = tree.numbers('categories_segments', { from: 0, length: nodes.length });
    const sizes = tree.numbers('categories_sizes', { from: 0, length: nodes.length });
    const categories = tree.numbers('categories', { from: 0 });
    tree.expect(categories.every(Number.isSafeInteger), 'categories', 'integers');
    tree.expect(
      // Segments must not overlap: their total size is at most the number of all categories.
      sizes.reduce((sum, size) => sum + size, 0) <= categories.length,
      'categories_sizes',
      'sizes of segments of categories',
    );
    nodes.forEach((node, i) => {
      if (types[node] === 1) sets.set(node, categories.slice(starts[i], starts[i] + sizes[i]));
    });
    tree.expect(
      types.every((type, node) => type !== 1 || left[node] === -1 || sets.has(node)),
      'categories_nodes',
      'all nodes with categorical splits',
    );
  }
  const areOfLeaves = nValues > 1 && tree.has('leaf_weights');
  return {
    nValues,
    left,
    right: tree.numbers('right_children', { length }),
    splitIndices: tree.numbers('split_indices', { length, from: 0, to: nFeatures - 1 }),
    conditions: tree.numbers('split_conditions', { length }),
    defaultLeft: flagsOf(tree, 'default_left', length),
    gains: tree.numbers('loss_changes', { length }),
    hessians: tree.numbers('sum_hessian', { length }),
    leafWeights: nValues > 1 ? tree.numbers(areOfLeaves ? 'leaf_weights' : 'base_weights') : [],
    areOfLeaves,
    sets,
  };
}

/** Flags are numbers, or booleans in earlier versions. */
function flagsOf(tree: StateReader, key: string, length: number): number[] {
  const isFlag = (value: unknown): value is number | boolean => [0, 1, true, false].includes(value as number);
  const flags = tree.list(key, isFlag).map(Number);
  tree.expect(flags.length === length, key, `${length} flags`);
  return flags;
}

function nodesOf(
  tree: XGBoostTree,
  levels: ReadonlyMap<number, readonly string[]>,
  leafOf: (value: number) => number,
): EnsembleNode[] {
  const { nValues, left, right, conditions, gains, hessians, sets, leafWeights } = tree;
  return left.map((child, node): EnsembleNode => {
    if (child === -1) {
      const from = nValues * (tree.areOfLeaves ? right[node] : node);
      const values = nValues === 1 ? [conditions[node]] : leafWeights.slice(from, from + nValues);
      const cover = Math.fround(Math.max(0, hessians[node]));
      return { kind: 'leaf', values: values.map((value) => leafOf(Math.fround(value))), cover };
    }
    const feature = tree.splitIndices[node];
    const missing = tree.defaultLeft[node] === 1 ? 'left' : 'right';
    const parts = { feature, left: child, right: right[node], gain: gains[node], missing } as const;
    const set = sets.get(node);
    if (!set) return { kind: 'number', ...parts, threshold: below(conditions[node]) };
    const goesRight = new Set(set);
    const nLevels = levels.get(feature)?.length ?? 0;
    const goLeft = Array.from({ length: nLevels }, (_, code) => code).filter((code) => !goesRight.has(code));
    return { kind: 'category', ...parts, levels: goLeft, unseen: 'left' };
  });
}

/** An integer, stored as text. */
function wholeOf(reader: StateReader, key: string): number {
  const value = Number(reader.string(key));
  reader.expect(Number.isSafeInteger(value) && value >= 0, key, 'an integer of at least 0');
  return value;
}
