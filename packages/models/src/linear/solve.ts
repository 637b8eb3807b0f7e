import { ChurnError } from '@churn/core';

/** A pivot below this share of its diagonal entry counts as rounding error: its column is linearly dependent on earlier ones. */
export const DEPENDENT = 1e-13;

/**
 * Solves `A x = b` for a symmetric positive semidefinite `A` by Cholesky decomposition. If `A` is singular, as with duplicate columns, a
 * ridge far below its diagonal selects one of the solutions.
 *
 * It works on flat arrays, which is several times as fast as a matrix class, since a fit with an l1 penalty solves hundreds of systems.
 *
 * @param a the matrix in row-major order, of the size of `b`.
 * @throws `invalid-data` if `a` contains numbers that are not finite.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
  return factorSymmetric(a, b.length)(b);
}

/** Prepares solving with one matrix of size `p` for many `b`, like `solveSymmetric`. @throws the errors of `solveSymmetric`. */
export function factorSymmetric(a: Float64Array, p: number): (b: Float64Array) => Float64Array {
  const scaled = withUnitDiagonal(a, p);
  for (let ridge = 0; ; ridge = ridge === 0 ? 1e-12 : ridge * 100) {
    const lower = choleskyFactor(scaled.matrix, p, ridge, DEPENDENT);
    if (lower) return solver(lower, scaled.unit);
  }
}

/**
 * The same for a matrix that is clearly positive definite; `undefined` if, after scaling its diagonal to 1, a pivot is not above `least`.
 * @throws the errors of `solveSymmetric`.
 */
export function factorDefinite(
  a: Float64Array,
  p: number,
  least: number,
): ((b: Float64Array) => Float64Array) | undefined {
  const { matrix, unit } = withUnitDiagonal(a, p);
  const lower = choleskyFactor(matrix, p, 0, least);
  return lower && solver(lower, unit);
}

/** The Cholesky factor of a matrix, scaled so that the units of columns do not matter. */
function withUnitDiagonal(
  a: Float64Array,
  p: number,
): { readonly matrix: Float64Array; readonly unit: Float64Array } {
  if (!a.every(Number.isFinite)) {
    throw new ChurnError('invalid-data', 'the values are too large; scale the columns first');
  }
  const unit = Float64Array.from({ length: p }, (_, j) =>
    a[j * p + j] > 0 ? 1 / Math.sqrt(a[j * p + j]) : 1,
  );
  const matrix = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    for (let k = 0; k <= j; k++) matrix[j * p + k] = a[j * p + k] * (unit[j] * unit[k]);
  }
  return { matrix, unit };
}

function solver(lower: Float64Array, unit: Float64Array): (b: Float64Array) => Float64Array {
  return (b) =>
    substitute(
      lower,
      b.map((value, j) => value * unit[j]),
    ).map((value, j) => value * unit[j]);
}

/** The lower triangle L with `L Lᵀ = A + ridge I`; `undefined` if a pivot is not above `least`. */
function choleskyFactor(a: Float64Array, p: number, ridge: number, least: number): Float64Array | undefined {
  const lower = a.slice();
  for (let j = 0; j < p; j++) {
    for (let k = 0; k <= j; k++) {
      const sum = lower[j * p + k] - dotOfRows(lower, j * p, k * p, k);
      if (k < j) {
        lower[j * p + k] = sum / lower[k * p + k];
      } else {
        const pivot = sum + ridge;
        if (!(pivot > least)) return undefined;
        lower[j * p + j] = Math.sqrt(pivot);
      }
    }
  }
  return lower;
}

/** The products of two rows of numbers that start at `j` and `k`: in four independent sums, which is faster than one. */
function dotOfRows(values: Float64Array, j: number, k: number, length: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    a += values[j + i] * values[k + i];
    b += values[j + i + 1] * values[k + i + 1];
    c += values[j + i + 2] * values[k + i + 2];
    d += values[j + i + 3] * values[k + i + 3];
  }
  for (; i < length; i++) a += values[j + i] * values[k + i];
  return a + b + (c + d);
}

/** Solves `L Lᵀ x = b`, in place. */
function substitute(lower: Float64Array, b: Float64Array): Float64Array {
  const p = b.length;
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < j; k++) b[j] -= lower[j * p + k] * b[k];
    b[j] /= lower[j * p + j];
  }
  for (let j = p - 1; j >= 0; j--) {
    b[j] /= lower[j * p + j];
    for (let k = 0; k < j; k++) b[k] -= lower[j * p + k] * b[j];
  }
  return b;
}
