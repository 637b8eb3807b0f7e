import { ChurnError } from '@churn/core';

/**
 * Checks probabilities.
 * @returns the number of rows.
 * @throws `invalid-data` unless there is one array per class, of equal lengths and with numbers from 0 to 1.
 */
export function requireProbabilities(probabilities: readonly ArrayLike<number>[], nClasses: number): number {
  if (probabilities.length !== nClasses || nClasses < 2) {
    throw new ChurnError(
      'invalid-data',
      `expected probabilities of ${nClasses < 2 ? 'at least two' : nClasses} classes, one array per class, got ${probabilities.length}`,
    );
  }
  const rows = probabilities[0].length;
  for (const column of probabilities) {
    if (column.length !== rows) {
      throw new ChurnError(
        'invalid-data',
        `expected ${rows} probabilities of each class, got ${column.length}`,
      );
    }
    for (let row = 0; row < rows; row++) {
      if (!(column[row] >= 0 && column[row] <= 1)) throw noProbability(row, column[row]);
    }
  }
  return rows;
}

export function noProbability(row: number, received: number): ChurnError {
  return new ChurnError('invalid-data', `row ${row}: expected a probability from 0 to 1, got ${received}`);
}
