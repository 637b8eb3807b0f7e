import { square } from '@churn/core';

/**
 * The class probabilities p that best fit the probabilities of pairs of classes: they minimise `Σ_i Σ_{j≠i} (r_ji p_i - r_ij p_j)²` with `Σ
 * p = 1` (Wu, Lin and Weng, "Probability estimates for multi-class classification by pairwise coupling", 2004, their second method and its
 * iteration).
 *
 * @param pairs `pairs[i][j]` is the probability of class i given that the class is i or j.
 */
export function pairwiseCoupling(pairs: readonly (readonly number[])[]): number[] {
  const k = pairs.length;
  const q = pairs.map((_, i) =>
    pairs.map((_, j) =>
      i === j
        ? pairs.reduce((sum, other, s) => (s === i ? sum : sum + square(other[i])), 0)
        : -pairs[j][i] * pairs[i][j],
    ),
  );
  const p = pairs.map(() => 1 / k);
  for (let sweep = 0; sweep < Math.max(100, k); sweep++) {
    let product = q.map((row) => row.reduce((sum, value, j) => sum + value * p[j], 0));
    let whole = p.reduce((sum, value, i) => sum + value * product[i], 0);
    if (Math.max(...product.map((value) => Math.abs(value - whole))) < 1e-12) break;
    for (let i = 0; i < k; i++) {
      const change = (whole - product[i]) / q[i][i];
      p[i] += change;
      whole = (whole + change * (change * q[i][i] + 2 * product[i])) / square(1 + change);
      product = product.map((value, j) => (value + change * q[j][i]) / (1 + change));
      for (let j = 0; j < k; j++) p[j] /= 1 + change;
    }
  }
  return p;
}
