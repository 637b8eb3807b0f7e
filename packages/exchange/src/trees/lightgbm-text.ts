import { ChurnError, isNumber, isString } from '@churn/core';
import { unsupported } from './imported-trees.js';

/** The content of a LightGBM text file that is needed for predictions. */
export interface LightGBMText {
  readonly objective: string;
  readonly treesPerIteration: number;
  readonly featureNames: readonly string[];
  /** The values of each feature in training: an interval, the codes of a category, or `none`. */
  readonly featureInfos: readonly string[];
  /** The features that were declared categorical. */
  readonly categorical: readonly number[];
  /** The levels of the categorical columns of a pandas table, in column order. */
  readonly pandasCategorical: readonly (readonly string[])[];
  /** Whether scores are averages over the trees. */
  readonly isMean: boolean;
  readonly trees: readonly LightGBMTree[];
}

/** A tree as arrays of splits; negative children are leaves. */
export interface LightGBMTree {
  readonly features: readonly number[];
  readonly gains: readonly number[];
  readonly thresholds: readonly number[];
  readonly decisionTypes: readonly number[];
  readonly leftChildren: readonly number[];
  readonly rightChildren: readonly number[];
  readonly catBoundaries: readonly number[];
  readonly catThresholds: readonly number[];
  readonly leafValues: readonly number[];
  readonly leafCounts?: readonly number[] | undefined;
}

const VERSIONS = ['v3', 'v4'];

/** @throws `model-file` if the text is not a LightGBM file. */
export function readLightGBM(text: string): LightGBMText {
  const end = text.search(/^end of trees\s*$/m);
  if (!/^tree\s*$/m.test(text.slice(0, 20)) || end < 0) {
    throw damaged('expected text from "tree" to "end of trees", written by booster.save_model');
  }
  const [head, ...trees] = text.slice(0, end).split(/^Tree=\d*\s*$/m);
  const header = fieldsOf(head);
  const version = textOf(header, 'version');
  if (!VERSIONS.includes(version)) {
    throw unsupported('LightGBM', `version ${version.slice(0, 20)}: expected ${VERSIONS.join(' or ')}`);
  }
  const featureNames = textOf(header, 'feature_names').split(' ');
  const nFeatures = wholeOf(header, 'max_feature_idx') + 1;
  if (featureNames.length !== nFeatures) throw damaged(`feature_names: expected ${nFeatures} names`);
  const treesPerIteration = wholeOf(header, 'num_tree_per_iteration');
  if (treesPerIteration < 1 || treesPerIteration > 256 || trees.length % treesPerIteration !== 0) {
    throw damaged(`num_tree_per_iteration: expected 1 to 256, and the same number of trees for each`);
  }
  const tail = text.slice(end);
  return {
    objective: header.get('objective') ?? '',
    treesPerIteration,
    featureNames,
    featureInfos: header.get('feature_infos')?.split(' ') ?? [],
    categorical: categoricalOf(tail, nFeatures),
    pandasCategorical: pandasOf(tail),
    isMean: /^average_output\s*$/m.test(head),
    trees: trees.map((lines, tree) => treeOf(fieldsOf(lines), tree, nFeatures)),
  };
}

function treeOf(fields: ReadonlyMap<string, string>, tree: number, nFeatures: number): LightGBMTree {
  const expected = (field: string, what: string) => damaged(`tree ${tree}, ${field}: expected ${what}`);
  if ((fields.get('is_linear') ?? '0') !== '0') {
    throw unsupported(
      'LightGBM',
      'linear trees have a linear model in each leaf; train with linear_tree=false',
    );
  }
  const nLeaves = wholeOf(fields, 'num_leaves');
  const leafValues = numbersOf(fields, 'leaf_value');
  if (nLeaves < 1 || leafValues.length !== nLeaves) throw expected('leaf_value', 'a number a leaf');
  const nSplits = nLeaves - 1;
  const ofSplits = (field: string, isRight: (value: number) => boolean, what: string) => {
    const values = nSplits === 0 ? [] : numbersOf(fields, field);
    if (values.length !== nSplits || !values.every(isRight)) throw expected(field, `${what} per split`);
    return values;
  };
  const isChild = (value: number) => Number.isInteger(value) && value < nSplits && value >= -nLeaves;
  const nCategories = Number(fields.get('num_cat') ?? 0);
  const isFeature = (value: number) => Number.isInteger(value) && value >= 0 && value < nFeatures;
  const isWord = (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 32;
  const words = (field: string) => {
    const values = nCategories > 0 ? numbersOf(fields, field) : [];
    if (!values.every(isWord)) throw expected(field, 'integers of 32 bits');
    return values;
  };
  const catBoundaries = words('cat_boundaries');
  const catThresholds = words('cat_threshold');
  const isRising = catBoundaries.every((start, i) => i === 0 || start >= catBoundaries[i - 1]);
  if (!isRising || (catBoundaries.at(-1) ?? 0) > catThresholds.length) {
    throw expected('cat_boundaries', 'ascending positions in cat_threshold');
  }
  const counts = fields.has('leaf_count') ? numbersOf(fields, 'leaf_count') : undefined;
  return {
    features: ofSplits('split_feature', isFeature, `a feature from 0 to ${nFeatures - 1}`),
    gains: ofSplits('split_gain', () => true, 'a number'),
    thresholds: ofSplits('threshold', () => true, 'a number').map((value) =>
      Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value)),
    ),
    decisionTypes: ofSplits('decision_type', (value) => isWord(value) && value < 16, 'a number below 16'),
    leftChildren: ofSplits('left_child', isChild, 'a split or a leaf'),
    rightChildren: ofSplits('right_child', isChild, 'a split or a leaf'),
    catBoundaries,
    catThresholds,
    leafValues,
    leafCounts: counts?.length === nLeaves && counts.every((count) => count >= 0) ? counts : undefined,
  };
}

/** The categorical features in the parameters at the end of the file. */
function categoricalOf(tail: string, nFeatures: number): number[] {
  const text = /^\[categorical_feature: ([\d,]*)\]$/m.exec(tail)?.[1] ?? '';
  return text === ''
    ? []
    : text
        .split(',')
        .map(Number)
        .filter((feature) => feature < nFeatures);
}

/** Numeric and boolean levels are converted to text as in JavaScript. */
function pandasOf(tail: string): string[][] {
  const text = /^pandas_categorical:(.*)$/m.exec(tail)?.[1];
  if (text === undefined) return [];
  try {
    const lists: unknown = JSON.parse(text);
    if (lists === null) return [];
    const isLevel = (level: unknown) => isString(level) || isNumber(level) || typeof level === 'boolean';
    const areLists =
      Array.isArray(lists) && lists.every((levels) => Array.isArray(levels) && levels.every(isLevel));
    if (areLists) return (lists as unknown[][]).map((levels) => levels.map(String));
  } catch {
    // The same as for other JSON.
  }
  throw damaged('pandas_categorical: expected lists of levels');
}

function fieldsOf(lines: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines.split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1).trim());
  }
  return fields;
}

function textOf(fields: ReadonlyMap<string, string>, field: string): string {
  const text = fields.get(field);
  if (text === undefined || text === '') throw damaged(`expected a line "${field}=" with a value`);
  return text;
}

function wholeOf(fields: ReadonlyMap<string, string>, field: string): number {
  const value = Number(textOf(fields, field));
  if (!Number.isSafeInteger(value) || value < 0) throw damaged(`${field}: expected an integer`);
  return value;
}

function numbersOf(fields: ReadonlyMap<string, string>, field: string): number[] {
  const values = textOf(fields, field).split(' ').map(numberOf);
  if (values.some(Number.isNaN)) throw damaged(`${field}: expected numbers`);
  return values;
}

function numberOf(text: string): number {
  if (text === 'inf') return Infinity;
  return text === '-inf' ? -Infinity : Number(text);
}

function damaged(what: string): ChurnError {
  return new ChurnError('model-file', `LightGBM: ${what}`);
}
