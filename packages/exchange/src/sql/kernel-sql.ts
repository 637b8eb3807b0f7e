import { square } from '@churn/core';
import type { KernelStep, ProgramKernel } from '../program/program.js';
import { negate, product, subtract, sum } from './arithmetic.js';
import { exponential, hyperbolicTangent } from './elementary.js';
import { type Fragment, fragment } from './fragment.js';
import { between } from './number-range.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';

/** The number of vectors per SELECT. */
const BATCH = 50;

/** The weighted sums of kernels, with a column for each support vector. */
export function writeKernels(scope: Scope, step: KernelStep, begin: (batch: number) => void): Fragment[] {
  const { kernel, vectors, weights } = step;
  const features = step.features.map((id) => scope.column(id));
  const size =
    kernel.name === 'rbf' && step.distances === 'products'
      ? scope.layers.column(
          sum(
            scope,
            features.map((x) => product(scope, x, x)),
          ),
        )
      : undefined;
  let sums: Fragment[] = weights.map(() => numberFragment(scope, 0));
  for (let first = 0; first < vectors.length; first += BATCH) {
    if (first > 0) begin(first / BATCH);
    const values = vectors
      .slice(first, first + BATCH)
      .map((vector) =>
        scope.layers.column(withoutNaN(scope, kernelOf(scope, kernel, features, vector, size))),
      );
    sums = sums.map((sofar, k) => {
      const terms = values.map((value, i) =>
        product(scope, value, numberFragment(scope, weights[k][first + i])),
      );
      return scope.layers.column(sum(scope, sofar.constant === 0 ? terms : [sofar, ...terms]));
    });
  }
  return sums;
}

function kernelOf(
  scope: Scope,
  kernel: ProgramKernel,
  features: readonly Fragment[],
  vector: Float64Array,
  size: Fragment | undefined,
): Fragment {
  const number = (value: number) => numberFragment(scope, value);
  if (kernel.name === 'rbf' && size) {
    const products = scope.layers.column(withoutNaN(scope, dot(scope, features, vector)));
    const length = numberFragment(
      scope,
      vector.reduce((total, each) => total + square(each), 0),
    );
    const distance = scope.layers.column(
      withoutNaN(scope, sum(scope, [size, length, product(scope, products, number(-2))])),
    );
    const kept = fragment(
      `CASE WHEN ABS(${products.sql}) > ${scope.dialect.number(Number.MAX_VALUE)} THEN NULL WHEN ${distance.sql} < ${number(0).sql} THEN ${number(0).sql} ELSE ${distance.sql} END`,
      [products, distance],
      { isAtom: true, range: between(0, Infinity) },
    );
    const exponent = negate(product(scope, kept, number(kernel.gamma)));
    return { ...exponential(scope, exponent), range: between(0, 1) };
  }
  if (kernel.name === 'rbf') {
    const squares = features.map((x, j) => {
      const difference = scope.layers.bind(subtract(scope, [x, number(vector[j])]));
      return product(scope, difference, difference);
    });
    const distance = product(scope, sum(scope, squares), number(kernel.gamma));
    return { ...exponential(scope, negate(distance)), range: between(0, 1) };
  }
  if (kernel.name === 'linear') return dot(scope, features, vector);
  const scaled = product(scope, dot(scope, features, vector), number(kernel.gamma));
  const inner = scope.layers.column(sum(scope, [scaled, number(kernel.coef0)]));
  if (kernel.name === 'sigmoid') return hyperbolicTangent(inner);
  return Array.from({ length: kernel.degree - 1 }).reduce<Fragment>(
    (power) => product(scope, power, inner),
    inner,
  );
}

function dot(scope: Scope, features: readonly Fragment[], vector: ArrayLike<number>): Fragment {
  return sum(
    scope,
    features.map((x, j) => product(scope, x, numberFragment(scope, vector[j]))),
  );
}
