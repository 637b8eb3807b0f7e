import type { KernelStep, ProgramKernel } from '../program/program.js';
import type { ValueName } from './graph.js';
import type { RowGraph } from './row-graph.js';

/** Defines the columns of a step of a kernel. */
export function defineKernel(graph: RowGraph, step: KernelStep): void {
  const { features, kernel, vectors, weights, outputs } = step;
  const x = graph.matrix(features.map((id) => graph.column(id)));
  const values = kernelMatrix(graph, x, kernel, vectors);
  const table = vectors.flatMap((_, v) => weights.map((ofOutput) => ofOutput[v]));
  const dims = [vectors.length, outputs.length];
  const sums = graph.node('MatMul', [values, graph.constant({ type: 'double', dims, values: table })]);
  outputs.forEach((id, k) => {
    graph.define(id, { name: graph.columnOf(sums, k), kind: 'number', isConstant: false });
  });
}

/** The kernel of each row and each vector, of shape [N, vectors]. */
function kernelMatrix(
  graph: RowGraph,
  x: ValueName,
  kernel: ProgramKernel,
  vectors: readonly Float64Array[],
): ValueName {
  const dims = [vectors[0].length, vectors.length];
  const transposed = Array.from(vectors[0], (_, j) => vectors.map((vector) => vector[j])).flat();
  const products = graph.node('MatMul', [x, graph.constant({ type: 'double', dims, values: transposed })]);
  const scaled = (factor: number, of: ValueName) => graph.node('Mul', [of, graph.number(factor)]);
  switch (kernel.name) {
    case 'linear':
      return products;
    case 'poly': {
      const base = graph.node('Add', [scaled(kernel.gamma, products), graph.number(kernel.coef0)]);
      return graph.node('Pow', [base, graph.number(kernel.degree)]);
    }
    case 'sigmoid': {
      const inner = graph.node('Add', [scaled(kernel.gamma, products), graph.number(kernel.coef0)]);
      return graph.node('Tanh', [inner]);
    }
    case 'rbf': {
      const squares = vectors.map((vector) => vector.reduce((sum, value) => sum + value * value, 0));
      const ofVectors = graph.constant({ type: 'double', dims: [1, squares.length], values: squares });
      const ofRows = graph.node('ReduceSum', [graph.node('Mul', [x, x]), graph.integers([1])]);
      const both = graph.node('Add', [ofRows, ofVectors]);
      const distances = graph.node('Sub', [both, scaled(2, products)]);
      // Rounding leaves less than nothing of the distance of a vector from itself.
      return graph.node('Exp', [scaled(-kernel.gamma, graph.node('Max', [distances, graph.number(0)]))]);
    }
  }
}
