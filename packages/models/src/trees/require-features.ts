import { ChurnError, type Table } from '@churn/core';

/** The maximum number of features of trees: each has two columns, and 16 bits encode a column or a leaf. */
export const MAX_FEATURES = 32_767;

/**
 * Checks that trees can be grown on the columns of a table.
 * @throws `invalid-data` if there are none, or more than 32,767.
 */
export function requireFeatures({ names }: Table): void {
  if (names.length === 0) throw new ChurnError('invalid-data', 'expected feature columns, got none');
  if (names.length > MAX_FEATURES) {
    throw new ChurnError('invalid-data', `trees take up to ${MAX_FEATURES} columns, got ${names.length}`);
  }
}
