import type { Column, Table } from '@churn/core';
import type { ModelOutput } from '../model-output.js';

/** The approximate number of rows predicted at a time. */
const BATCH = 2 ** 15;

/**
 * The outputs of the model for all rows at each point of a grid: one array per point, with one number per row.
 *
 * @param columnsAt the replaced columns, for all rows at each of the points in turn.
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
