import type { NeighborsStep } from '../program/program.js';
import type { ValueName } from './graph.js';
import type { RowGraph } from './row-graph.js';
import { minkowskiSums } from './vector-distances.js';

/** Defines the columns of a nearest-neighbours step. It needs memory for the distances between N rows and all rows of the model. */
export function defineNeighbors(graph: RowGraph, step: NeighborsStep): void {
  const { features, rows, codes, nNeighbors, weights, p = 2, outputs } = step;
  const columns = features.map((id) => graph.column(id));
  const [nearest, places] = graph.smallest(minkowskiSums(graph, columns, rows, p), nNeighbors);
  const votes = weights === 'uniform' ? undefined : shares(graph, nearest, p);
  const all = votes ? graph.node('ReduceSum', [votes, graph.integers([1])]) : graph.number(nNeighbors);
  const ofClass = graph.constant({ type: 'int64', dims: [codes.length], values: Array.from(codes) });
  const classes = graph.node('Gather', [ofClass, places]);
  // 0, or missing if a distance is infinite or missing.
  const unknown = graph.node('ReduceSum', [graph.node('Sub', [nearest, nearest]), graph.integers([1])]);
  outputs.forEach((id, k) => {
    const isOfClass = graph.node('Equal', [
      classes,
      graph.constant({ type: 'int64', dims: [1, 1], values: [k] }),
    ]);
    const counts = graph.node('Cast', [isOfClass], { to: 11 });
    const weighted = votes ? graph.node('Mul', [counts, votes]) : counts;
    const share = graph.node('Div', [graph.node('ReduceSum', [weighted, graph.integers([1])]), all]);
    graph.define(id, { name: graph.node('Add', [share, unknown]), kind: 'number', isConstant: false });
  });
}

/** The inverse distances; if some distances are 0, these rows weigh 1 and the others 0. */
function shares(graph: RowGraph, sums: ValueName, p: number): ValueName {
  const distances = p === 2 ? graph.node('Sqrt', [sums]) : graph.node('Pow', [sums, graph.number(1 / p)]);
  const inverse = graph.node('Div', [graph.number(1), distances]);
  const isAtRow = graph.node('Cast', [graph.node('IsInf', [inverse])], { to: 11 });
  const nAtRow = graph.node('ReduceSum', [isAtRow, graph.integers([1])]);
  return graph.node('Where', [graph.node('Less', [graph.number(0), nAtRow]), isAtRow, inverse]);
}
