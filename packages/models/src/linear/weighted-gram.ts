/**
 * The weighted Gram matrix `Xᵀ diag(weights) X`, a full symmetric matrix in row-major order.
 *
 * @param columns the columns of X, each as long as `weights`.
 */
export function weightedGram(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const p = columns.length;
  const n = weights.length;
  const gram = new Float64Array(p * p);
  const scaled = new Float64Array(n);
  for (let j = 0; j < p; j++) {
    const column = columns[j];
    for (let i = 0; i < n; i++) scaled[i] = weights[i] * column[i];

    let k = j;
    // Four columns at a time share each load of the scaled one: this product is nearly all of a fit.
    for (; k + 3 < p; k += 4) {
      const [a, b, c, d] = [columns[k], columns[k + 1], columns[k + 2], columns[k + 3]];
      let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
      for (let i = 0; i < n; i++) {
        const s = scaled[i];
        sumA += s * a[i];
        sumB += s * b[i];
        sumC += s * c[i];
        sumD += s * d[i];
      }
      gram[j * p + k] = sumA;
      gram[j * p + k + 1] = sumB;
      gram[j * p + k + 2] = sumC;
      gram[j * p + k + 3] = sumD;
    }
    for (; k < p; k++) gram[j * p + k] = dot(scaled, columns[k]);
    for (k = j + 1; k < p; k++) gram[k * p + j] = gram[j * p + k];
  }
  return gram;
}

/** The sum of the products of two equally long vectors. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
