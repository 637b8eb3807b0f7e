/** A pivot below this share of its diagonal entry is rounding. */
const DEPENDENT = 1e-10;

/**
 * The first column of a Gram or Hessian matrix that depends linearly on those before it, by Cholesky decomposition; `undefined` if there
 * is none. A column whose diagonal entry is no more than `least` depends on none and is one too.
 *
 * @param matrix symmetric and positive semidefinite, of size `p`, in row-major order.
 */
export function dependentColumn(
  matrix: Float64Array,
  p: number,
  least: number,
): { readonly column: number; readonly isZero: boolean } | undefined {
  const lower = new Float64Array(p * p);
  const unit = Float64Array.from({ length: p }, (_, j) => 1 / Math.sqrt(matrix[j * p + j]));
  for (let j = 0; j < p; j++) {
    if (!(matrix[j * p + j] > least)) return { column: j, isZero: true };
    let pivot = 1;
    for (let k = 0; k < j; k++) {
      let sum = matrix[j * p + k] * unit[j] * unit[k];
      for (let i = 0; i < k; i++) sum -= lower[j * p + i] * lower[k * p + i];
      lower[j * p + k] = sum / lower[k * p + k];
      pivot -= lower[j * p + k] * lower[j * p + k];
    }
    if (!(pivot > DEPENDENT)) return { column: j, isZero: false };
    lower[j * p + j] = Math.sqrt(pivot);
  }
  return undefined;
}
