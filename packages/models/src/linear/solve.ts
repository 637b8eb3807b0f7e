import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/**
 * Solves `A x = b` for a symmetric positive semidefinite `A` by Cholesky decomposition. Where `A` is singular, as with
 * duplicate columns, a ridge far below its diagonal picks one of the solutions.
 *
 * @param a the matrix in row-major order, of the size of `b`.
 * @throws where `a` holds numbers that are not finite.
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
  const p = b.length;
  let largest = 0;
  for (let j = 0; j < p; j++) largest = Math.max(largest, a[j * p + j]);
  const smallest = Math.max((largest || 1) * 1e-12, Number.MIN_VALUE);

  for (let ridge = 0; ; ridge = ridge === 0 ? smallest : ridge * 100) {
    const matrix = Matrix.from1DArray(p, p, a);
    for (let j = 0; j < p; j++) matrix.set(j, j, a[j * p + j] + ridge);
    const cholesky = new CholeskyDecomposition(matrix);
    if (cholesky.isPositiveDefinite() || ridge === Infinity) {
      return Float64Array.from(cholesky.solve(Matrix.columnVector(b)).to1DArray());
    }
  }
}
