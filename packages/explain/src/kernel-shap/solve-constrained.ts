/**
 * Returns a function that fits the values v of sets of columns by weighted least squares, under the constraint that the coefficients add up
 * to `total`: it solves A x = b with A = Σ w z zᵀ and b = Σ w z v, and a Lagrange multiplier for the constraint.
 *
 * @param masks z, one vector of 0 and 1 per set; together they must have full rank.
 */
export function constrainedSolver(masks: readonly Uint8Array[], weights: readonly number[]) {
  const n = masks[0].length;
  const lower = factor(normalMatrix(masks, weights, n), n);
  const ofOnes = solve(lower, new Float64Array(n).fill(1));
  const denominator = sum(ofOnes);
  return (values: ArrayLike<number>, total: number): Float64Array => {
    const b = new Float64Array(n);
    masks.forEach((mask, i) => {
      for (let j = 0; j < n; j++) b[j] += weights[i] * mask[j] * values[i];
    });
    const free = solve(lower, b);
    const excess = (sum(free) - total) / denominator;
    return free.map((value, j) => value - excess * ofOnes[j]);
  };
}

function normalMatrix(masks: readonly Uint8Array[], weights: readonly number[], n: number): Float64Array[] {
  const matrix = Array.from({ length: n }, () => new Float64Array(n));
  masks.forEach((mask, i) => {
    for (let j = 0; j < n; j++)
      if (mask[j]) for (let k = 0; k <= j; k++) matrix[j][k] += weights[i] * mask[k];
  });
  return matrix;
}

/** Replaces the lower half of a symmetric matrix with its Cholesky factor. */
function factor(matrix: Float64Array[], n: number): Float64Array[] {
  for (let j = 0; j < n; j++) {
    for (let k = 0; k <= j; k++) {
      let rest = matrix[j][k];
      for (let i = 0; i < k; i++) rest -= matrix[j][i] * matrix[k][i];
      matrix[j][k] = k === j ? Math.sqrt(rest) : rest / matrix[k][k];
    }
  }
  return matrix;
}

function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  const n = x.length;
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) x[j] -= lower[j][k] * x[k];
    x[j] /= lower[j][j];
  }
  for (let j = n - 1; j >= 0; j--) {
    for (let k = j + 1; k < n; k++) x[j] -= lower[k][j] * x[k];
    x[j] /= lower[j][j];
  }
  return x;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
