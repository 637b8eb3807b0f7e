import { ChurnError } from '@churn/core';
import type { EnsembleFeature, EnsembleNode, Side } from '@churn/models';
import {
  featureNames,
  type ImportedTrees,
  type ImportOptions,
  importedTrees,
  numberedClasses,
  type Objective,
  unsupported,
} from './imported-trees.js';
import { type LightGBMText, type LightGBMTree, readLightGBM } from './lightgbm-text.js';

/**
 * Imports a text file of LightGBM, written by `booster.save_model` (versions 3 and 4): boosted trees and random forests for two or more
 * classes, or for numeric values.
 *
 * Scores are added in doubles, as in LightGBM. Levels of categories have their pandas names; without pandas, categories are integers, and
 * their levels are these integers as text unless `levels` names them. The scores of `multiclassova` become probabilities that are divided
 * by their sum.
 *
 * @throws `model-file` if the file is damaged; `unsupported` for linear trees, custom objectives, and features for which zeros are
 * missing values in only some trees; `invalid-parameter` if `options` do not match the file.
 */
export function fromLightGBM(text: string, options: ImportOptions = {}): ImportedTrees {
  const file = readLightGBM(text);
  const names = featureNames(file.featureNames, options);
  const nScores = file.treesPerIteration;
  const objective = objectiveOf(file);
  const levels = file.trees.length > 0 ? levelsOf(file, names, options) : new Map<number, Levels>();
  const zeros = zeroIsMissing(file, names);
  const features = names.map((name, j): EnsembleFeature => {
    const named = levels.get(j);
    if (named) return { name, levels: named.names };
    return zeros.has(j) ? { name, zeroIsMissing: true } : { name };
  });
  return importedTrees(
    {
      library: 'LightGBM',
      objective,
      features,
      trees: nodesOf(file, levels),
      nValues: 1,
      baseScores: Array(nScores).fill(0),
      isMean: file.isMean,
      precision: 'double',
      classes: numberedClasses(nScores === 1 ? 2 : nScores),
    },
    options,
  );
}

function objectiveOf({ objective, treesPerIteration }: LightGBMText): Objective {
  const [name, ...parameters] = objective.split(' ');
  const slope = Number(/^sigmoid:(.*)$/m.exec(parameters.join('\n'))?.[1] ?? 1);
  const isOne = treesPerIteration === 1;
  if (!(slope > 0 && slope < Infinity)) throw damaged(`objective: expected a sigmoid above 0, got ${slope}`);
  if (name === 'binary' && isOne) return { kind: 'classes', link: 'logistic', slope };
  if (name === 'multiclass' && !isOne) return { kind: 'classes', link: 'softmax' };
  if (name === 'multiclassova' && !isOne) return { kind: 'classes', link: 'oneVsRest', slope };
  if (isOne && IDENTITY.includes(name)) {
    return { kind: 'amount', link: parameters.includes('sqrt') ? 'square' : 'identity' };
  }
  if (isOne && EXPONENTIAL.includes(name)) return { kind: 'amount', link: 'exp' };
  if (isOne && name === 'cross_entropy') return { kind: 'amount', link: 'logistic' };
  if (isOne && name === 'cross_entropy_lambda') return { kind: 'amount', link: 'softplus' };
  const shown = objective.slice(0, 60) || 'none';
  throw unsupported(
    'LightGBM',
    `the objective ${JSON.stringify(shown)} with ${treesPerIteration} trees per iteration is not supported; expected a built-in objective for classification or regression`,
  );
}

const IDENTITY = [
  ...['regression', 'regression_l2', 'regression_l1', 'huber', 'fair', 'quantile', 'mape'],
  ...['lambdarank', 'rank_xendcg'],
];
const EXPONENTIAL = ['poisson', 'gamma', 'tweedie'];

/** The levels of a category: their names, and the index of each code. */
interface Levels {
  readonly names: readonly string[];
  readonly placeOf: ReadonlyMap<number, number>;
}

/** The levels of each categorical feature. */
function levelsOf(file: LightGBMText, names: readonly string[], options: ImportOptions): Map<number, Levels> {
  const used = new Map<number, Set<number>>();
  const codesOf = (feature: number) => {
    const codes = used.get(feature) ?? new Set();
    used.set(feature, codes);
    return codes;
  };
  file.featureInfos.forEach((info, feature) => {
    if (/^-?\d+(:-?\d+)*$/.test(info)) {
      for (const code of info.split(':').map(Number)) if (code >= 0) codesOf(feature).add(code);
    }
  });
  for (const feature of file.categorical) codesOf(feature);
  for (const tree of file.trees) {
    const taken = new Set<number>();
    tree.features.forEach((feature, node) => {
      if (!isCategorical(tree, node)) return;
      const set = tree.thresholds[node];
      if (taken.has(set)) throw damaged(`tree, split ${node}: expected a separate set of levels`);
      taken.add(set);
      for (const code of setOf(tree, node)) codesOf(feature).add(code);
    });
  }
  const categories = Array.from(used.keys()).sort((a, b) => a - b);
  const ofPandas = file.pandasCategorical;
  const areOfPandas = ofPandas.length === categories.length;
  return new Map(
    categories.map((feature, i) => {
      const codes = Array.from(used.get(feature) ?? []).sort((a, b) => a - b);
      const largest = codes.at(-1) ?? -1;
      const given = Object.hasOwn(options.levels ?? {}, names[feature])
        ? options.levels?.[names[feature]]
        : undefined;
      const named = given ?? (areOfPandas ? ofPandas[i] : undefined);
      if (!named) {
        if (ofPandas.length > 0) throw unnamed(names[feature]);
        const placeOf = new Map(codes.map((code, place) => [code, place]));
        return [feature, { names: codes.map(String), placeOf }];
      }
      if (largest >= named.length) {
        throw damaged(`${names[feature]}: expected at least ${largest + 1} level names, got ${named.length}`);
      }
      return [feature, { names: named, placeOf: new Map(named.map((_, place) => [place, place])) }];
    }),
  );
}

function unnamed(feature: string): ChurnError {
  return new ChurnError(
    'invalid-parameter',
    `${feature}: the file does not assign level names to it; expected them in \`levels\`, in the order of their codes`,
  );
}

/** The features for which zeros are missing values. */
function zeroIsMissing(file: LightGBMText, names: readonly string[]): Set<number> {
  const types = new Map<number, number>();
  for (const tree of file.trees) {
    tree.features.forEach((feature, node) => {
      if (isCategorical(tree, node)) return;
      const type = missingType(tree, node);
      const before = types.get(feature) ?? type;
      if ((before === ZERO) !== (type === ZERO)) {
        throw unsupported(
          'LightGBM',
          `${names[feature]}: zeros are missing values in some trees and numbers in others; expected the same zero_as_missing in all`,
        );
      }
      types.set(feature, type);
    });
  }
  return new Set(Array.from(types.keys()).filter((feature) => types.get(feature) === ZERO));
}

/** The bits of `decision_type`; the type of missing values has two. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const ZERO = 1;
const NAN = 2;

function isCategorical({ decisionTypes }: LightGBMTree, node: number): boolean {
  return (decisionTypes[node] & CATEGORICAL) !== 0;
}

function missingType({ decisionTypes }: LightGBMTree, node: number): number {
  return (decisionTypes[node] >> 2) & 3;
}

function* setOf({ thresholds, catBoundaries, catThresholds }: LightGBMTree, node: number): Iterable<number> {
  const index = thresholds[node];
  const [from, to] = [catBoundaries[index], catBoundaries[index + 1]];
  if (!(from <= to && from >= 0 && to <= catThresholds.length)) {
    throw damaged(`tree, split ${node}: expected a set of levels within cat_threshold`);
  }
  for (let word = from; word < to; word++) {
    for (let bit = 0; bit < 32; bit++) if ((catThresholds[word] >>> bit) & 1) yield 32 * (word - from) + bit;
  }
}

function* nodesOf(file: LightGBMText, levels: ReadonlyMap<number, Levels>): Iterable<EnsembleNode[]> {
  for (const tree of file.trees) {
    const { features, gains, thresholds, decisionTypes, leftChildren, rightChildren } = tree;
    const nSplits = features.length;
    // A leaf is stored as the bitwise inverse of its index.
    const place = (child: number) => (child < 0 ? nSplits + ~child : child);
    const splits = features.map((feature, node): EnsembleNode => {
      const parts = {
        feature,
        left: place(leftChildren[node]),
        right: place(rightChildren[node]),
        gain: gains[node],
      };
      if (isCategorical(tree, node)) {
        const placeOf = levels.get(feature)?.placeOf;
        const goesLeft = Array.from(setOf(tree, node), (code) => placeOf?.get(code) as number);
        return { kind: 'category', ...parts, levels: goesLeft, unseen: 'right', missing: 'right' };
      }
      const threshold = thresholds[node];
      const byDefault: Side = (decisionTypes[node] & DEFAULT_LEFT) !== 0 ? 'left' : 'right';
      // Features without missing values in training treat them as 0.
      const missing =
        missingType(tree, node) === ZERO || missingType(tree, node) === NAN
          ? byDefault
          : threshold >= 0
            ? 'left'
            : 'right';
      return { kind: 'number', ...parts, threshold, missing };
    });
    const leaves = tree.leafValues.map(
      (value, leaf): EnsembleNode => ({ kind: 'leaf', values: [value], cover: tree.leafCounts?.[leaf] }),
    );
    yield [...splits, ...leaves];
  }
}

function damaged(what: string): ChurnError {
  return new ChurnError('model-file', `LightGBM: ${what}`);
}
