import type { ValueName } from './graph.js';
import type { RowGraph, RowValue } from './row-graph.js';

/**
 * What Minkowski's distances of rows from vectors are the roots of, of shape [N, vectors]. Added up feature by feature, and not by a
 * product of matrices, whose rounding would tell vectors apart that are equally near.
 */
export function minkowskiSums(
  graph: RowGraph,
  columns: readonly RowValue[],
  vectors: readonly Float64Array[],
  p: number,
): ValueName {
  return columns
    .map((column, j) => {
      const values = vectors.map((vector) => vector[j]);
      const line = graph.constant({ type: 'double', dims: [1, values.length], values });
      const apart = graph.node('Sub', [line, graph.perRow(column)]);
      if (p === 2) return graph.node('Mul', [apart, apart]);
      const size = graph.node('Abs', [apart]);
      return p === 1 ? size : graph.node('Pow', [size, graph.number(p)]);
    })
    .reduce((left, right) => graph.node('Add', [left, right]));
}
