import { square } from '@churn/core';

/** The power iteration ends after `MAX_ITERATIONS`, or when no coordinate changes by more than `TOLERANCE`. */
const [MAX_ITERATIONS, TOLERANCE] = [2000, 1e-12];

/**
 * Classical multidimensional scaling in one dimension (Torgerson, 1952): the first coordinate of points, given their distances, up to scale
 * and sign. It is the eigenvector for the largest eigenvalue of the doubly centred squared distances, times -1/2.
 */
export function firstPrincipalCoordinate(distances: readonly ArrayLike<number>[]): Float64Array {
  const n = distances.length;
  const squares = distances.map((row) => Float64Array.from(row, square));
  const means = squares.map((row) => row.reduce((sum, value) => sum + value, 0) / n);
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const centred = squares.map((row, i) => row.map((value, j) => (means[i] + means[j] - mean - value) / 2));
  // If distances are not Euclidean, some eigenvalues are negative. The shift makes all positive, so that the largest dominates.
  const shift = Math.max(...centred.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  const furthest = centred.reduce((best, row, i) => (row[i] > centred[best][best] ? i : best), 0);
  let vector = unit(centred[furthest]);
  for (let step = 0; step < MAX_ITERATIONS; step++) {
    const next = unit(
      centred.map((row, i) => row.reduce((sum, value, j) => sum + value * vector[j], shift * vector[i])),
    );
    const moved = next.reduce((most, value, i) => Math.max(most, Math.abs(value - vector[i])), 0);
    vector = next;
    if (moved <= TOLERANCE) break;
  }
  return vector;
}

/** A vector scaled to length 1; zeros stay zeros. */
function unit(vector: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(vector);
  const length = Math.sqrt(values.reduce((sum, value) => sum + square(value), 0));
  return length > 0 ? values.map((value) => value / length) : values;
}
