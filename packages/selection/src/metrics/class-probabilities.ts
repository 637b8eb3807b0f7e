import { ChurnError, Labels, type LabelsLike } from '@churn/core';
import type { Scores } from './metric.js';
import { positiveCode } from './positive-class.js';
import { isPerClass, requireProbabilities, scoreColumn, scoreColumns } from './score-columns.js';

export interface ClassProbabilities {
  readonly labels: Labels;
  /** The probability of each class, one array per class. */
  readonly columns: readonly Float64Array[];
}

/** How far from 1 the probabilities of a row may add up: well above the rounding of 32-bit floats. */
const TOLERANCE = 1e-5;

/**
 * The probabilities of all classes, checked.
 *
 * @throws `invalid-target` if there are fewer than two classes, or no array a class and more of them, or the positive one is not known;
 * `invalid-data` if there are no rows, or the probabilities are of another number, outside 0 to 1, or do not add up to 1.
 */
export function classProbabilities(yTrue: LabelsLike, probabilities: Scores): ClassProbabilities {
  const labels = Labels.from(yTrue);
  const n = labels.classes.length;
  if (labels.length === 0) throw new ChurnError('invalid-data', 'there are no rows to score');
  if (n < 2) {
    throw new ChurnError(
      'invalid-target',
      `expected labels of two or more classes, got one (${String(labels.classes[0])}); ` +
        'if a class has no rows, pass Labels with all classes',
    );
  }
  if (!isPerClass(probabilities)) {
    if (n > 2) {
      throw new ChurnError(
        'invalid-target',
        `expected labels of two classes, or one array of probabilities per class, got ${n} classes`,
      );
    }
    const positive = positiveCode(labels.classes, undefined, labels.positive);
    const column = scoreColumn(probabilities, labels.length);
    requireProbabilities(column);
    const others = column.map((p) => 1 - p);
    return { labels, columns: positive === 1 ? [others, column] : [column, others] };
  }
  const columns = scoreColumns(probabilities, labels);
  columns.forEach(requireProbabilities);
  for (let row = 0; row < labels.length; row++) {
    let sum = 0;
    for (let code = 0; code < n; code++) sum += columns[code][row];
    if (Math.abs(sum - 1) <= TOLERANCE) continue;
    throw new ChurnError('invalid-data', `the probabilities of row ${row} add up to ${sum}, expected 1`);
  }
  return { labels, columns };
}
