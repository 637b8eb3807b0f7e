import { ChurnError } from './error.js';
import { isList } from './is-list.js';
import type { FitOptions } from './model.js';
import { requireParameter } from './parameter.js';
import { similarName } from './similar-name.js';

/**
 * The checked sample weights of a fit; `undefined` if there are none.
 *
 * @throws `invalid-data` unless there is one per row; if one is negative or not finite, naming the row; or if all are 0.
 */
export function sampleWeights(options: FitOptions, nRows: number): Float64Array | undefined {
  requireParameter(!isList(options), 'options', 'an object such as { sampleWeight }', 'a list');
  const { sampleWeight, ...others } = options;
  // Other options may be for somebody else; a similar name is a typo.
  const slip = similarName('sampleWeight', Object.keys(others));
  if (slip) throw new ChurnError('invalid-parameter', `${slip}: unknown; did you mean sampleWeight?`);
  if (sampleWeight === undefined) return undefined;
  const weights = checkedWeights(sampleWeight, nRows);
  if (nRows > 0 && weights.every((weight) => weight === 0)) {
    throw new ChurnError(
      'invalid-data',
      'sampleWeight: expected a weight above 0 in at least one row, got 0 in all',
    );
  }
  return weights;
}

/**
 * Checked sample weights of some rows; all may be 0.
 * @throws `invalid-data` unless there is one per row, or if one is negative or not finite, naming the row.
 */
export function checkedWeights(given: ArrayLike<number>, nRows: number): Float64Array {
  const weights = Float64Array.from(given);
  if (weights.length !== nRows) {
    throw new ChurnError(
      'invalid-data',
      `sampleWeight: expected a weight for each of ${nRows} rows, got ${weights.length}`,
    );
  }
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row < 0) return weights;
  throw new ChurnError(
    'invalid-data',
    `sampleWeight, row ${row}: expected a number of at least 0, got ${weights[row]}`,
  );
}
