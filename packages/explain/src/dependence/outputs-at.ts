import type { Column, Table } from '@churn/core';
import type { ModelOutput } from '../model-output.js';

/** How many rows are predicted at a time, about. */
const BATCH = 2 ** 15;

/**
 * What the model gives for all rows at each point: an array per point, with a number per row.
 *
 * @param columnsAt the columns instead of those of the rows, for all rows at one point after the other.
 */
export function outputsAt(
  { of }: ModelOutput,
  x: Table,
  nPoints: number,
  columnsAt: (points: readonly number[]) => Iterable<readonly [string, Column]>,
): Float64Array[] {
  const found: Float64Array[] = [];
  const perBatch = Math.max(1, Math.floor(BATCH / x.nRows));
  for (let from = 0; from < nPoints; from += perBatch) {
    const points = Array.from({ length: Math.min(perBatch, nPoints - from) }, (_, i) => from + i);
    const rows = Int32Array.from({ length: points.length * x.nRows }, (_, i) => i % x.nRows);
    const outputs = of(x.take(rows).with(columnsAt(points)));
    for (let row = 0; row < outputs.length; row += x.nRows) found.push(outputs.slice(row, row + x.nRows));
  }
  return found;
}
