import { nextBelow } from '@churn/core';
import type { RowGraph, RowValue } from './row-graph.js';
import { type TableNode, TreeTable } from './tree-table.js';

/** A step function, found by a tree over its edges: `values[i]` between edges i - 1 and i. */
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

/** Linear interpolation between points, constant beyond the ends; at repeated x the last point counts. */
export function interpolateValue(
  graph: RowGraph,
  of: RowValue,
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
): RowValue {
  const last = x.length - 1;
  const [lowest, highest] = [graph.numberOf(x[0]), graph.numberOf(x[last])];
  const clipped = graph.apply('Min', graph.apply('Max', of, lowest), highest);
  const segments = Array.from({ length: Math.max(1, last) }, (_, i) => i);
  const edges = x.slice(1, -1).map(nextBelow);
  const segment = stepValue(graph, clipped, { edges, values: segments });
  // For a missing number the segment does not matter.
  const safe = graph.where(graph.test('IsNaN', of), graph.numberOf(0), segment);
  const index = graph.node('Cast', [safe.name], { to: 7 });
  const gather = (values: readonly number[]): RowValue => {
    const table = graph.constant({ type: 'double', dims: [values.length], values });
    return { name: graph.node('Gather', [table, index]), kind: 'number', isConstant: of.isConstant };
  };
  // Halves do not overflow. Points without distance have the width 1, which avoids a division by 0.
  const widths = segments.map((i) => (i < last ? x[i + 1] / 2 - x[i] / 2 : 0) || 1);
  const half = graph.apply('Mul', clipped, graph.numberOf(0.5));
  const beyond = graph.apply('Sub', half, gather(segments.map((i) => x[i] / 2)));
  const share = graph.apply('Div', beyond, gather(widths));
  const rise = graph.apply('Mul', share, gather(segments.map((i) => (i < last ? y[i + 1] - y[i] : 0))));
  const between = graph.apply('Add', gather(segments.map((i) => y[i])), rise);
  const started = graph.where(graph.test('Less', of, lowest), graph.numberOf(y[0]), between);
  return graph.where(graph.test('LessOrEqual', highest, of), graph.numberOf(y[last]), started);
}

/** A balanced search tree over ascending edges. */
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
