/**
 * The weights of the features in a machine with a linear kernel, `w_j = Σ_i α_i x_ij`, as in scikit-learn's `coef_`. A decision is then a
 * product with one vector instead of one with each support vector.
 */
export function linearWeights(
  nFeatures: number,
  coefficients: ArrayLike<number>,
  cellAt: (vector: number, feature: number) => number,
): Float64Array {
  const weights = new Float64Array(nFeatures);
  for (let j = 0; j < nFeatures; j++) {
    for (let i = 0; i < coefficients.length; i++) weights[j] += coefficients[i] * cellAt(i, j);
  }
  return weights;
}
