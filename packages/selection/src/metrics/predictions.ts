import { ChurnError, type ClassLabel, isList, type LabelsLike, requireParameter } from '@churn/core';

/** What a metric compares with the truth, by row: labels, one number per row, or an array of numbers per class. */
export type Predictions = LabelsLike | readonly ArrayLike<number>[];

/** @throws `invalid-parameter` for invalid predictions. */
export function requirePredictions(predictions: Predictions): void {
  const areLists = isList(predictions) && (!isNested(predictions) || predictions.every(isList));
  requireParameter(areLists, 'predictions', 'labels, numbers or arrays of numbers', predictions);
}

export function isOneNumberPerRow(predictions: Predictions): predictions is readonly number[] {
  return !('codes' in predictions) && !isNested(predictions) && isNumeric(predictions);
}

/**
 * What takes the predictions of given rows, in the form in which the predictions came.
 * @throws `invalid-data` unless there are `n` predictions.
 */
export function predictionTaker<P extends Predictions>(predictions: P, n: number): (rows: Int32Array) => P {
  const requireLength = (length: number) => {
    if (length === n) return;
    throw new ChurnError('invalid-data', `expected ${n} predictions, one for each label, got ${length}`);
  };
  if ('codes' in predictions) {
    requireLength(predictions.length);
    return (rows) => predictions.take(rows) as P;
  }
  if (isNested(predictions)) {
    const columns = predictions.map((column) => {
      requireLength(column.length);
      return Float64Array.from(column);
    });
    return (rows) => columns.map((column) => takeNumbers(column, rows)) as unknown as P;
  }
  requireLength(predictions.length);
  if (isNumeric(predictions)) {
    const numbers = Float64Array.from(predictions);
    return (rows) => takeNumbers(numbers, rows) as unknown as P;
  }
  return (rows) => Array.from(rows, (row) => predictions[row]) as unknown as P;
}

/** The numbers of the given rows, in that order. */
export function takeNumbers(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]];
  return taken;
}

function isNested(predictions: Predictions): predictions is readonly ArrayLike<number>[] {
  return predictions.length > 0 && !('codes' in predictions) && typeof predictions[0] === 'object';
}

function isNumeric(predictions: ArrayLike<ClassLabel>): predictions is ArrayLike<number> {
  return typeof predictions[0] === 'number';
}
