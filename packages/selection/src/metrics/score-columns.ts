import { ChurnError, isList, type Labels, requireParameter } from '@churn/core';
import type { Scores } from './metric.js';

/** Whether there is one array per class, rather than one number per row. */
export function isPerClass(scores: Scores): scores is readonly ArrayLike<number>[] {
  return Array.isArray(scores) && scores.length > 0 && typeof scores[0] === 'object' && scores[0] !== null;
}

/**
 * The scores of each class.
 * @throws `invalid-data` if there is not an array for each class, or not a number for each row.
 */
export function scoreColumns(scores: readonly ArrayLike<number>[], labels: Labels): Float64Array[] {
  const { classes } = labels;
  if (scores.length !== classes.length) {
    throw new ChurnError(
      'invalid-data',
      `expected an array of scores for each of the ${classes.length} classes (${classes.slice(0, 10).map(String).join(', ')}), ` +
        `got ${scores.length}; if a class has no rows, pass Labels with all classes`,
    );
  }
  return scores.map((column) => scoreColumn(column, labels.length));
}

/**
 * Refuses what is not a probability.
 * @throws `invalid-data`, naming the row.
 */
export function requireProbabilities(column: Float64Array): void {
  for (let row = 0; row < column.length; row++) {
    if (column[row] >= 0 && column[row] <= 1) continue;
    throw new ChurnError(
      'invalid-data',
      `the probability of row ${row}: expected a number from 0 to 1, got ${column[row]}`,
    );
  }
}

/**
 * A score for each row.
 * @throws `invalid-data` if they are of another number, or one is not a number.
 */
export function scoreColumn(values: ArrayLike<number>, n: number): Float64Array {
  requireParameter(isList(values), 'scores', 'one number per row, or one array per class', values);
  if (values.length !== n) {
    throw new ChurnError('invalid-data', `expected ${n} scores, one for each label, got ${values.length}`);
  }
  const column = values instanceof Float64Array ? values : Float64Array.from(values);
  for (let row = 0; row < n; row++) {
    if (Number.isNaN(column[row])) {
      throw new ChurnError('invalid-data', `the score of row ${row} is not a number`);
    }
  }
  return column;
}
