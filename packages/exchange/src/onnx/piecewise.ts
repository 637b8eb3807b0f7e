import type { RowGraph, RowValue } from './row-graph.js';
import { type TableNode, TreeTable } from './tree-table.js';

/** `values[i]` between edge i - 1 and edge i, found by a tree over the edges. */
export function stepValue(
  graph: RowGraph,
  of: RowValue,
  { edges, values }: { readonly edges: readonly number[]; readonly values: readonly number[] },
): RowValue {
  const table = new TreeTable();
  table.add(searchTree(edges, values), 0);
  const name = table.ensemble(graph, of.name, 1);
  const found: RowValue = { name, kind: 'number', isConstant: of.isConstant };
  return graph.where(graph.test('IsNaN', of), of, found);
}

/** The straight line between points, and the end beyond the ends. */
export function interpolateValue(
  graph: RowGraph,
  of: RowValue,
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
): RowValue {
  const last = x.length - 1;
  const clipped = graph.apply('Min', graph.apply('Max', of, graph.numberOf(x[0])), graph.numberOf(x[last]));
  const inner = x.slice(1, -1);
  const segments = Array.from({ length: inner.length + 1 }, (_, i) => i);
  const segment = stepValue(graph, clipped, { edges: inner, values: segments });
  // Which of the segments it is does not matter where it is missing: the number itself is.
  const safe = graph.where(graph.test('IsNaN', of), graph.numberOf(0), segment);
  const index = graph.node('Cast', [safe.name], { to: 7 });
  const gather = (values: readonly number[]): RowValue => {
    const table = graph.constant({ type: 'double', dims: [values.length], values });
    return { name: graph.node('Gather', [table, index]), kind: 'number', isConstant: of.isConstant };
  };
  const slope = (i: number) => (x[i + 1] > x[i] ? (y[i + 1] - y[i]) / (x[i + 1] - x[i]) : 0);
  const start = gather(segments.map((i) => x[i]));
  const beyond = graph.apply('Sub', clipped, start);
  const rise = graph.apply('Mul', beyond, gather(segments.map(slope)));
  return graph.apply('Add', gather(segments.map((i) => y[i])), rise);
}

/** A balanced tree that finds the value of a number among rising edges. */
function searchTree(edges: readonly number[], values: readonly number[]): TableNode[] {
  const nodes: TableNode[] = [];
  const grow = (from: number, to: number): number => {
    const at = nodes.length;
    if (from === to) return nodes.push({ value: values[from] }) - 1;
    const middle = Math.floor((from + to) / 2);
    nodes.push({ value: 0 });
    const left = grow(from, middle);
    const right = grow(middle + 1, to);
    nodes[at] = { feature: 0, threshold: edges[middle], isMissingLeft: false, left, right };
    return at;
  };
  grow(0, edges.length);
  return nodes;
}
