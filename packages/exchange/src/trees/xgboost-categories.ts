import { ChurnError, isString, type StateReader } from '@churn/core';
import type { XGBoostTree } from './from-xgboost.js';
import type { ImportOptions } from './imported-trees.js';

/** The maximum number of levels of a category without names in the file. */
const MAX_UNNAMED = 65_536;

/**
 * The levels of each categorical feature: those given, those in the file (XGBoost 3.1 and later), or the codes as text.
 * @throws `model-file` if those in the file are damaged; `invalid-parameter` if too few are given.
 */
export function xgboostCategories(
  learner: StateReader,
  model: StateReader,
  trees: readonly XGBoostTree[],
  names: readonly string[],
  { levels: given = {} }: ImportOptions,
): Map<number, readonly string[]> {
  const types = learner.has('feature_types') ? learner.list('feature_types', isString) : [];
  const largest = new Map<number, number>();
  types.forEach((type, feature) => {
    if (type === 'c' && feature < names.length) largest.set(feature, -1);
  });
  for (const { sets, splitIndices } of trees) {
    for (const [node, codes] of sets) {
      const feature = splitIndices[node];
      const most = codes.reduce((before, code) => Math.max(before, code), -1);
      largest.set(feature, Math.max(most, largest.get(feature) ?? -1));
    }
  }
  const named = model.has('cats') ? namedLevels(model.child('cats')) : [];
  return new Map(
    Array.from(largest, ([feature, most]) => {
      const name = names[feature];
      const known = Object.hasOwn(given, name) ? given[name] : named[feature];
      if (known === AMBIGUOUS) {
        throw new ChurnError(
          'invalid-parameter',
          `${name}: the file does not distinguish its level names with non-ASCII letters; expected them in \`levels\`, in the order of their codes`,
        );
      }
      if (known && known.length > 0) {
        if (most < known.length) return [feature, known];
        throw new ChurnError(
          known === named[feature] ? 'model-file' : 'invalid-parameter',
          `XGBoost: ${name}: expected at least ${most + 1} level names, got ${known.length}`,
        );
      }
      if (most >= MAX_UNNAMED) {
        throw new ChurnError(
          'model-file',
          `XGBoost: ${name}: expected up to ${MAX_UNNAMED} levels without names, got ${most + 1}`,
        );
      }
      return [feature, Array.from({ length: most + 1 }, (_, code) => String(code))];
    }),
  );
}

/** Marks names that cannot be distinguished. */
const AMBIGUOUS: readonly string[] = [];

/** The level names of each feature, in the order of their codes; empty if it is not categorical. */
function namedLevels(cats: StateReader): (readonly string[])[] {
  return cats.children('enc').map((encoding) => {
    const values = encoding.numbers('values');
    // Numbers have a type; texts are concatenated bytes.
    if (!encoding.has('offsets')) return values.map(String);
    const offsets = encoding.numbers('offsets', { from: 0, to: values.length });
    // XGBoost 3.2 writes UTF-8 with lengths in characters, and so truncates the end.
    if (values.some((value) => value < 0 || value > 127)) return AMBIGUOUS;
    const bytes = Uint8Array.from(values, (value) => value & 255);
    const decoder = new TextDecoder();
    return offsets.slice(1).map((end, level) => decoder.decode(bytes.subarray(offsets[level], end)));
  });
}
