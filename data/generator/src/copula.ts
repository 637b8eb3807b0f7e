import type { Random } from '@churn/core';
import { choleskyOfCorrelation } from './cholesky.js';

/**
 * Draws from a Gaussian copula: one column of numbers in (0, 1) per variable, each uniform, together as
 * dependent as normal variables of these correlations.
 *
 * Each column is a Latin hypercube sample: it has one number in each of `rows` equal intervals, so that
 * marginal shares and means come out as asked for rather than with sampling noise. The normal draws only decide
 * the order (Iman and Conover, "A distribution-free approach to inducing rank correlation", 1982).
 *
 * @param belowDiagonal correlations below the diagonal, row by row.
 */
export function drawCopula(
  rows: number,
  variables: number,
  belowDiagonal: readonly number[],
  random: Random,
): Float64Array[] {
  const factor = choleskyOfCorrelation(variables, belowDiagonal);
  const normals = random.stream('normal');
  const draws = Array.from({ length: variables }, () => new Float64Array(rows));
  const independent = new Float64Array(variables);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < variables; i++) {
      independent[i] = normals.normal();
      let sum = 0;
      for (let j = 0, at = (i * (i + 1)) / 2; j <= i; j++) sum += factor[at + j] * independent[j];
      draws[i][row] = sum;
    }
  }
  return draws.map((draw, i) => spreadByRank(draw, random.stream(i)));
}

/** Puts the value of rank r somewhere in the r-th of equal intervals of (0, 1). */
function spreadByRank(values: Float64Array, random: Random): Float64Array {
  const order = Uint32Array.from(values, (_, row) => row).sort((a, b) => values[a] - values[b] || a - b);
  const spread = new Float64Array(values.length);
  order.forEach((row, rank) => {
    spread[row] = (rank + random.uniform()) / values.length;
  });
  return spread;
}
