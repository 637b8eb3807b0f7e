import type { ValueName } from './graph.js';
import type { RowGraph, RowValue } from './row-graph.js';

/**
 * The sums of p-th powers in the Minkowski distances between rows and vectors, of shape [N, vectors]. They are added feature by feature instead of
 * with a matrix product, whose rounding would break ties.
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
