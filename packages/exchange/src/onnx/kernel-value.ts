import type { KernelStep } from '../program/program.js';
import type { ValueName } from './graph.js';
import type { RowGraph, RowValue } from './row-graph.js';
import { minkowskiSums } from './vector-distances.js';

/** Defines the columns of a kernel step. */
export function defineKernel(graph: RowGraph, step: KernelStep): void {
  const { vectors, weights, outputs } = step;
  const values = kernelMatrix(graph, step);
  const table = vectors.flatMap((_, v) => weights.map((ofOutput) => ofOutput[v]));
  const dims = [vectors.length, outputs.length];
  const sums = graph.node('MatMul', [values, graph.constant({ type: 'double', dims, values: table })]);
  outputs.forEach((id, k) => {
    graph.define(id, { name: graph.columnOf(sums, k), kind: 'number', isConstant: false });
  });
}

/** The kernels between rows and vectors, of shape [N, vectors]. */
function kernelMatrix(graph: RowGraph, step: KernelStep): ValueName {
  const { kernel, vectors, distances = 'differences' } = step;
  const columns = step.features.map((id) => graph.column(id));
  const scaled = (factor: number, of: ValueName) => graph.node('Mul', [of, graph.number(factor)]);
  if (kernel.name === 'rbf') {
    const sums =
      distances === 'differences'
        ? minkowskiSums(graph, columns, vectors, 2)
        : squaresByProducts(graph, columns, vectors);
    return graph.node('Exp', [scaled(-kernel.gamma, sums)]);
  }
  const products = productsWith(graph, columns, vectors);
  if (kernel.name === 'linear') return products;
  const inner = graph.node('Add', [scaled(kernel.gamma, products), graph.number(kernel.coef0)]);
  return kernel.name === 'poly'
    ? graph.node('Pow', [inner, graph.number(kernel.degree)])
    : graph.node('Tanh', [inner]);
}

/** `x·v`, of shape [N, vectors]. */
function productsWith(
  graph: RowGraph,
  columns: readonly RowValue[],
  vectors: readonly Float64Array[],
): ValueName {
  const dims = [columns.length, vectors.length];
  const values = columns.flatMap((_, j) => vectors.map((vector) => vector[j]));
  return graph.node('MatMul', [graph.matrix(columns), graph.constant({ type: 'double', dims, values })]);
}

/** `|x|² + |v|² - 2 x·v`, at least 0, of shape [N, vectors]. */
function squaresByProducts(
  graph: RowGraph,
  columns: readonly RowValue[],
  vectors: readonly Float64Array[],
): ValueName {
  const x = graph.matrix(columns);
  const values = vectors.map((vector) => vector.reduce((sum, value) => sum + value * value, 0));
  const ofVectors = graph.constant({ type: 'double', dims: [1, values.length], values });
  const ofRows = graph.node('ReduceSum', [graph.node('Mul', [x, x]), graph.integers([1])]);
  const twice = graph.node('Mul', [productsWith(graph, columns, vectors), graph.number(2)]);
  const squares = graph.node('Sub', [graph.node('Add', [ofRows, ofVectors]), twice]);
  return graph.node('Max', [squares, graph.number(0)]);
}
