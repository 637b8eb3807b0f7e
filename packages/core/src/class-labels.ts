import { ChurnError } from './error.js';
import { type ClassLabel, Labels, type LabelsLike } from './labels.js';
import { requireTargetPerRow } from './target.js';

/**
 * The target `y` as labels of two classes, each with at least one row.
 * @param x the rows that `y` belongs to, if any.
 * @throws `invalid-data` if `x` differs in length from `y`; `invalid-target` if there are fewer or more classes, or one has no rows.
 */
export function twoClassLabels(y: LabelsLike, x?: { readonly nRows: number }): Labels {
  const labels = targetLabels(y, x);
  const present = classesWithRows(labels);
  if (labels.classes.length !== 2 || present.length !== 2) {
    const found = labels.classes.length > 2 ? labels.classes : present;
    const shown = found.length > 0 ? found.slice(0, 10).map(String).join(', ') : 'no rows';
    throw new ChurnError('invalid-target', `expected rows of two classes, got ${found.length} (${shown})`);
  }
  return labels;
}

/**
 * The target `y` as labels of two or more classes that have rows. Further classes may have none, as happens to a rare class in a fold of
 * cross-validation.
 *
 * @param x the rows that `y` belongs to, if any.
 * @throws `invalid-data` if `x` differs in length from `y`; `invalid-target` if fewer than two classes have rows.
 */
export function classLabels(y: LabelsLike, x?: { readonly nRows: number }): Labels {
  const labels = targetLabels(y, x);
  const present = classesWithRows(labels);
  if (present.length >= 2) return labels;
  const shown = present.length === 1 ? `one (${String(present[0])})` : 'no rows';
  throw new ChurnError('invalid-target', `expected rows of two or more classes, got ${shown}`);
}

/** A wrong number of labels is reported first, since it can be why a class is missing. */
function targetLabels(y: LabelsLike, x: { readonly nRows: number } | undefined): Labels {
  const labels = Labels.from(y);
  if (x !== undefined) requireTargetPerRow(x, labels);
  return labels;
}

function classesWithRows(labels: Labels): readonly ClassLabel[] {
  const counts = labels.counts();
  return labels.classes.filter((_, code) => counts[code] > 0);
}
