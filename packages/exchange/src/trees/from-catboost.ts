import { ChurnError, isClassLabel, isNumber, isPlainObject, StateReader } from '@churn/core';
import type { EnsembleFeature, EnsembleNode } from '@churn/models';
import { cityHash } from './city-hash.js';
import {
  featureNames,
  type ImportedTrees,
  type ImportOptions,
  importedTrees,
  numberedClasses,
  type Objective,
  parsedJson,
  type ReadTrees,
  unsupported,
} from './imported-trees.js';
import { upTo } from './single-precision.js';

/** The maximum number of splits of a symmetric tree in CatBoost. */
const MAX_DEPTH = 16;

/**
 * Imports a JSON file of CatBoost, written by `save_model('model.json', format='json')`: symmetric or other trees for two or more classes,
 * or for one numeric value.
 *
 * CatBoost compares in single precision, so thresholds are adjusted, and adds in doubles. Categories are supported if they are one-hot
 * encoded (`one_hot_max_size`). Files contain hashes of levels instead of names, so `levels` must name them.
 *
 * @throws `model-file` if the file is damaged; `unsupported` for categories with target statistics (CTRs), texts, embeddings,
 * several targets and losses that predict neither probabilities nor values; `invalid-parameter` if `options` do not match the file.
 */
export function fromCatBoost(text: string, options: ImportOptions = {}): ImportedTrees {
  const file = new StateReader(
    'CatBoost',
    parsedJson(text, 'CatBoost', 'save_model("model.json", format="json")'),
  );
  const info = file.child('features_info');
  for (const [key, what] of [
    [
      'ctrs',
      'categories with target statistics; train with one_hot_max_size of at least their number of levels',
    ],
    ['text_features', 'texts; train without them'],
    ['embedding_features', 'embeddings; train without them'],
  ]) {
    if (info.has(key) && info.children(key).length > 0)
      throw unsupported('CatBoost', `the trees use ${what}`);
  }
  const floats = info.has('float_features') ? info.children('float_features') : [];
  const categories = info.has('categorical_features') ? info.children('categorical_features') : [];
  const own = Array<string>(floats.length + categories.length);
  const placeOf = (feature: StateReader) => {
    const place = feature.integer('flat_feature_index', { from: 0, to: own.length - 1 });
    const id = feature.has('feature_id') ? feature.string('feature_id') : '';
    feature.expect(own[place] === undefined, 'flat_feature_index', 'a unique index');
    own[place] = id || String(place);
    return place;
  };
  const floatPlaces = floats.map(placeOf);
  const categoryPlaces = categories.map(placeOf);
  const names = featureNames(own, options);
  const missing = floats.map((feature) =>
    feature.has('nan_value_treatment') && feature.string('nan_value_treatment') === 'AsTrue'
      ? 'right'
      : 'left',
  );
  const levels = new Map(
    categories.map((feature, i) => {
      const name = names[categoryPlaces[i]];
      const isUsed = feature.has('values') && feature.numbers('values').length > 0;
      const named = Object.hasOwn(options.levels ?? {}, name) ? options.levels?.[name] : undefined;
      if (isUsed && !named) {
        throw new ChurnError(
          'invalid-parameter',
          `${name}: the file contains hashes of its levels instead of names; expected the names in \`levels\``,
        );
      }
      return [categoryPlaces[i], named ?? []];
    }),
  );
  const hashes = new Map(Array.from(levels, ([place, named]) => [place, named.map(cityHash)]));
  const splitOf = (split: StateReader): Split => {
    const type = split.string('split_type');
    if (type === 'FloatFeature') {
      const index = split.integer('float_feature_index', { from: 0, to: floats.length - 1 });
      const threshold = upTo(split.number('border'));
      return { kind: 'number', feature: floatPlaces[index], threshold, missing: missing[index] };
    }
    if (type === 'OneHotFeature') {
      const feature =
        categoryPlaces[split.integer('cat_feature_index', { from: 0, to: categories.length - 1 })];
      const hash = split.integer('value');
      const others = hashes.get(feature)?.flatMap((of, code) => (of === hash ? [] : [code])) ?? [];
      if (others.length === levels.get(feature)?.length) {
        throw new ChurnError(
          'invalid-parameter',
          `${names[feature]}: expected all levels of training in \`levels\`; a level in the trees is missing`,
        );
      }
      return { kind: 'category', feature, levels: others, unseen: 'left', missing: 'left' };
    }
    throw unsupported(
      'CatBoost',
      `the trees have splits of type ${type.slice(0, 60)}; expected splits of numbers or one-hot encoded categories`,
    );
  };
  const { objective, classes, nScores } = objectiveOf(file.child('model_info'), scalesOf(file).bias.length);
  const { scale, bias } = scalesOf(file);
  const trees = file.has('oblivious_trees')
    ? symmetricTrees(file, splitOf, scale, nScores)
    : otherTrees(file, splitOf, scale, nScores);
  return importedTrees(
    {
      library: 'CatBoost',
      objective,
      features: names.map((name, j): EnsembleFeature => {
        const ofFeature = levels.get(j);
        return ofFeature ? { name, levels: ofFeature } : { name };
      }),
      trees,
      nValues: nScores,
      baseScores: bias,
      precision: 'double',
      classes,
    },
    options,
  );
}

type Split =
  | Pick<EnsembleNode & { kind: 'number' }, 'kind' | 'feature' | 'threshold' | 'missing'>
  | Pick<EnsembleNode & { kind: 'category' }, 'kind' | 'feature' | 'levels' | 'unseen' | 'missing'>;

/** The scale and bias of the sums. */
function scalesOf(file: StateReader): { scale: number; bias: number[] } {
  const [scale, bias] = file.list('scale_and_bias', (_value): _value is unknown => true);
  const biases = isNumber(bias) ? [bias] : bias;
  const areRight =
    isNumber(scale) &&
    Array.isArray(biases) &&
    biases.length > 0 &&
    biases.length <= 256 &&
    biases.every(isNumber);
  file.expect(areRight, 'scale_and_bias', 'a number, and a list of numbers');
  return { scale: scale as number, bias: biases as number[] };
}

function objectiveOf(
  info: StateReader,
  nScores: number,
): { objective: Objective; classes: ReadTrees['classes']; nScores: number } {
  const parameters = info.get('params');
  const loss =
    isPlainObject(parameters) && isPlainObject(parameters.loss_function) ? parameters.loss_function.type : '';
  const isOne = nScores === 1;
  const named = info.has('class_params') ? info.child('class_params') : undefined;
  const classes = named?.has('class_names') ? named.list('class_names', isClassLabel) : [];
  const ofClasses = (link: 'logistic' | 'softmax' | 'oneVsRest', count: number) => ({
    objective: { kind: 'classes', link } as const,
    classes: classes.length === count ? classes : numberedClasses(count),
    nScores,
  });
  if (isOne && (loss === 'Logloss' || loss === 'CrossEntropy')) return ofClasses('logistic', 2);
  if (!isOne && loss === 'MultiClass') return ofClasses('softmax', nScores);
  if (!isOne && loss === 'MultiClassOneVsAll') return ofClasses('oneVsRest', nScores);
  if (isOne && IDENTITY.includes(String(loss))) {
    return { objective: { kind: 'amount', link: 'identity' }, classes: [], nScores };
  }
  if (isOne && ['Poisson', 'Tweedie'].includes(String(loss))) {
    return { objective: { kind: 'amount', link: 'exp' }, classes: [], nScores };
  }
  throw unsupported(
    'CatBoost',
    `the loss ${JSON.stringify(String(loss).slice(0, 60))} of ${nScores} outputs predicts neither probabilities nor one numeric value; expected another loss`,
  );
}

const IDENTITY = ['RMSE', 'MAE', 'Quantile', 'MAPE', 'Huber', 'Expectile', 'Lq', 'LogCosh', 'LogLinQuantile'];

/** Symmetric trees: all nodes of a level share one split; the first split is the lowest bit of the leaf index. */
function* symmetricTrees(
  file: StateReader,
  splitOf: (split: StateReader) => Split,
  scale: number,
  nScores: number,
): Iterable<EnsembleNode[]> {
  for (const tree of file.children('oblivious_trees')) {
    const depth = tree.get('splits') === null ? 0 : tree.children('splits').length;
    tree.expect(depth <= MAX_DEPTH, 'splits', `up to ${MAX_DEPTH} splits`);
    const splits = depth === 0 ? [] : tree.children('splits').map(splitOf).reverse();
    const nLeaves = 1 << depth;
    const values = tree.numbers('leaf_values', { length: nLeaves * nScores });
    const covers = tree.has('leaf_weights')
      ? tree.numbers('leaf_weights', { length: nLeaves, from: 0 })
      : undefined;
    const nodes: EnsembleNode[] = [];
    splits.forEach((split, level) => {
      for (let i = 0, at = (1 << level) - 1; i < 1 << level; i++, at++) {
        nodes.push({ ...split, left: 2 * at + 1, right: 2 * at + 2 });
      }
    });
    for (let leaf = 0; leaf < nLeaves; leaf++) {
      const ofLeaf = values.slice(leaf * nScores, (leaf + 1) * nScores);
      nodes.push({ kind: 'leaf', values: ofLeaf.map((value) => scale * value), cover: covers?.[leaf] });
    }
    yield nodes;
  }
}

/** Trees with nested nodes. */
function* otherTrees(
  file: StateReader,
  splitOf: (split: StateReader) => Split,
  scale: number,
  nScores: number,
): Iterable<EnsembleNode[]> {
  for (const tree of file.children('trees')) {
    const nodes: EnsembleNode[] = [];
    const readers = [tree];
    for (let at = 0; at < readers.length; at++) {
      const node = readers[at];
      if (node.has('split')) {
        nodes.push({ ...splitOf(node.child('split')), left: readers.length, right: readers.length + 1 });
        // The same reader owner for all nodes, since it would grow with each level.
        for (const side of ['left', 'right']) readers.push(new StateReader('CatBoost', node.get(side)));
        continue;
      }
      const value = node.get('value');
      const values = nScores === 1 && isNumber(value) ? [value] : node.numbers('value', { length: nScores });
      const cover = node.has('weight') ? node.number('weight', { from: 0 }) : undefined;
      nodes.push({ kind: 'leaf', values: values.map((each) => scale * each), cover });
    }
    yield nodes;
  }
}
