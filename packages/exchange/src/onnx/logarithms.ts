import type { RowGraph, RowValue } from './row-graph.js';

/**
 * `ln(1 + x)`, for which there is no operator: `x ln(u) / (u - 1)` with `u = 1 + x`, in which rounding errors cancel (W. Kahan's formula, in
 * Goldberg, "What every computer scientist should know about floating-point arithmetic", 1991, theorem 4).
 */
export function log1pValue(graph: RowGraph, x: RowValue): RowValue {
  const one = graph.numberOf(1);
  const u = graph.apply('Add', x, one);
  const log = graph.apply('Log', u);
  const corrected = graph.apply('Mul', x, graph.apply('Div', log, graph.apply('Sub', u, one)));
  const isTiny = graph.test('Equal', u, one);
  const isNear = graph.test('Less', graph.apply('Abs', x), one);
  return graph.where(isTiny, x, graph.where(isNear, corrected, log));
}

/** `exp(x) - 1` by the inverse of the same formula: `(u - 1) x / ln(u)` with `u = exp(x)` (N. Higham, "Accuracy and stability of numerical algorithms", 2002, section 1.14.1). */
export function expm1Value(graph: RowGraph, x: RowValue): RowValue {
  const one = graph.numberOf(1);
  const u = graph.apply('Exp', x);
  const less = graph.apply('Sub', u, one);
  const corrected = graph.apply('Mul', less, graph.apply('Div', x, graph.apply('Log', u)));
  const isTiny = graph.test('Equal', u, one);
  const isNear = graph.test('Less', graph.apply('Abs', x), one);
  return graph.where(isTiny, x, graph.where(isNear, corrected, less));
}
