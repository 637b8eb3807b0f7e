import type { NeighborsStep } from '../program/program.js';
import type { ValueName } from './graph.js';
import type { RowGraph } from './row-graph.js';

/** Defines the columns of a step of nearest neighbours. The distances of N rows from all that the model keeps are in memory at once. */
export function defineNeighbors(graph: RowGraph, step: NeighborsStep): void {
  const { features, rows, codes, nNeighbors, weights, outputs } = step;
  const line = (values: readonly number[]) =>
    graph.constant({ type: 'double', dims: [1, values.length], values });
  // Feature by feature and not by a product of matrices, whose rounding would tell rows apart that are equally near.
  const squares = features.map((id, j) => {
    const apart = graph.node('Sub', [line(rows.map((row) => row[j])), graph.perRow(graph.column(id))]);
    return graph.node('Mul', [apart, apart]);
  });
  const sums = squares.reduce((left, right) => graph.node('Add', [left, right]));
  const [nearest, places] = graph.smallest(sums, nNeighbors);
  const says = weights === 'uniform' ? undefined : shares(graph, nearest);
  const ofClass = graph.constant({ type: 'int64', dims: [codes.length], values: Array.from(codes) });
  const classes = graph.node('Gather', [ofClass, places]);
  outputs.forEach((id, k) => {
    const isOfClass = graph.node('Equal', [
      classes,
      graph.constant({ type: 'int64', dims: [1, 1], values: [k] }),
    ]);
    const counts = graph.node('Cast', [isOfClass], { to: 11 });
    const weighted = says ? graph.node('Mul', [counts, says]) : counts;
    const sum = graph.node('ReduceSum', [weighted, graph.integers([1])]);
    const all = says ? graph.node('ReduceSum', [says, graph.integers([1])]) : graph.number(nNeighbors);
    graph.define(id, { name: graph.node('Div', [sum, all]), kind: 'number', isConstant: false });
  });
}

/** The inverse of distances; where some are 0, these count 1 and the others nothing. */
function shares(graph: RowGraph, squares: ValueName): ValueName {
  const inverse = graph.node('Div', [graph.number(1), graph.node('Sqrt', [squares])]);
  const isHere = graph.node('Cast', [graph.node('IsInf', [inverse])], { to: 11 });
  const nHere = graph.node('ReduceSum', [isHere, graph.integers([1])]);
  return graph.node('Where', [graph.node('Less', [graph.number(0), nHere]), isHere, inverse]);
}
