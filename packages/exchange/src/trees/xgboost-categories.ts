import { ChurnError, isString, type StateReader } from '@churn/core';
import type { XGBoostTree } from './from-xgboost.js';
import type { ImportOptions } from './imported-trees.js';

/** The maximum number of levels of a category whose file does not name them. */
const MOST_UNNAMED = 65_536;

/**
 * The levels of each feature that is a category: those given, those that the file names (from XGBoost 3.1 on), or the codes as text.
 * @throws `model-file` if the file's are damaged; `invalid-parameter` if those given are too few.
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
          `${name}: XGBoost does not tell apart the names of levels with letters beyond ASCII; expected them in \`levels\`, in the order of its codes`,
        );
      }
      if (known && known.length > 0) {
        if (most < known.length) return [feature, known];
        throw new ChurnError(
          known === named[feature] ? 'model-file' : 'invalid-parameter',
          `XGBoost: ${name}: expected names of its ${most + 1} levels or more, got ${known.length}`,
        );
      }
      if (most >= MOST_UNNAMED) {
        throw new ChurnError(
          'model-file',
          `XGBoost: ${name}: expected up to ${MOST_UNNAMED} levels without names, got ${most + 1}`,
        );
      }
      return [feature, Array.from({ length: most + 1 }, (_, code) => String(code))];
    }),
  );
}

/** In place of names that cannot be distinguished. */
const AMBIGUOUS: readonly string[] = [];

/** The names of the levels of each feature, in the order of their codes; empty for what is no category. */
function namedLevels(cats: StateReader): (readonly string[])[] {
  return cats.children('enc').map((encoding) => {
    const values = encoding.numbers('values');
    // Numbers have a type; texts are bytes, one after the other.
    if (!encoding.has('offsets')) return values.map(String);
    const offsets = encoding.numbers('offsets', { from: 0, to: values.length });
    // XGBoost 3.2 writes UTF-8, but lengths in letters, and so cuts off the end.
    if (values.some((value) => value < 0 || value > 127)) return AMBIGUOUS;
    const bytes = Uint8Array.from(values, (value) => value & 255);
    const decoder = new TextDecoder();
    return offsets.slice(1).map((end, level) => decoder.decode(bytes.subarray(offsets[level], end)));
  });
}
