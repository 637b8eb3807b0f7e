import type { RowCondition, RowGraph, RowValue } from './row-graph.js';

/** Whether a number is NaN, or a text is the one for missing values. */
export function isMissing(graph: RowGraph, value: RowValue): RowCondition {
  return value.kind === 'number'
    ? graph.test('IsNaN', value)
    : graph.test('Equal', value, graph.missing('text'));
}

/** A condition that holds for all rows, or for none. */
export function constantCondition(graph: RowGraph, holds: boolean): RowCondition {
  return graph.test('Less', graph.numberOf(0), graph.numberOf(holds ? 1 : 0));
}

/** Whether a text is one of the levels. */
export function isOneOf(
  graph: RowGraph,
  { name, isConstant }: RowValue,
  levels: readonly string[],
): RowCondition {
  const strings = levels.map((level) => graph.level(level));
  if (strings.length === 0) return constantCondition(graph, false);
  const count = graph.mlNode('LabelEncoder', [name], {
    keys_strings: { strings },
    values_int64s: { integers: strings.map(() => 1) },
    default_int64: 0,
  });
  return { name: graph.node('Cast', [count], { to: 9 }), isConstant };
}
