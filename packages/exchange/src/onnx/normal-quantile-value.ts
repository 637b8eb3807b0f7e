import { NORMAL_QUANTILE_RATIOS, type PolynomialRatio } from '@churn/transforms';
import type { RowGraph, RowValue } from './row-graph.js';

/** The standard normal quantile, by `NORMAL_QUANTILE_RATIOS`. */
export function normalQuantileValue(graph: RowGraph, p: RowValue): RowValue {
  const { central, middle, tail } = NORMAL_QUANTILE_RATIOS;
  const number = (value: number) => graph.numberOf(value);
  const q = graph.apply('Sub', p, number(0.5));
  const near = ratio(graph, central, graph.apply('Sub', number(0.180625), graph.apply('Mul', q, q)));
  const smaller = graph.apply('Min', p, graph.apply('Sub', number(1), p));
  const r = graph.apply('Sqrt', graph.apply('Neg', graph.apply('Log', smaller)));
  const far = graph.where(
    graph.test('LessOrEqual', r, number(5)),
    ratio(graph, middle, graph.apply('Sub', r, number(1.6))),
    ratio(graph, tail, graph.apply('Sub', r, number(5))),
  );
  const isNear = graph.test('LessOrEqual', graph.apply('Abs', q), number(0.425));
  const signed = graph.where(graph.test('Less', q, number(0)), graph.apply('Neg', far), far);
  const inside = graph.where(isNear, graph.apply('Mul', q, near), signed);
  const aboveZero = graph.where(graph.test('LessOrEqual', p, number(0)), number(-Infinity), inside);
  return graph.where(graph.test('LessOrEqual', number(1), p), number(Infinity), aboveZero);
}

function ratio(graph: RowGraph, { numerator, denominator }: PolynomialRatio, x: RowValue): RowValue {
  return graph.apply('Div', polynomial(graph, numerator, x), polynomial(graph, denominator, x));
}

function polynomial(graph: RowGraph, coefficients: readonly number[], x: RowValue): RowValue {
  return coefficients
    .map((coefficient) => graph.numberOf(coefficient))
    .reduceRight((sum, coefficient) => graph.apply('Add', graph.apply('Mul', sum, x), coefficient));
}
