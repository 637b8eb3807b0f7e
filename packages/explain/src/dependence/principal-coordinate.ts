import { square } from '@churn/core';

/** The power iteration ends after so many steps, or when no coordinate moves by more. */
const [MOST_STEPS, TOLERANCE] = [2000, 1e-12];

/**
 * The first coordinate of things by the distances between them: classical multidimensional scaling (Torgerson, 1952) in one dimension, up
 * to scale and sign. It is the eigenvector of the largest eigenvalue of the squared distances, centred twice and taken times -1/2.
 */
export function firstPrincipalCoordinate(distances: readonly ArrayLike<number>[]): Float64Array {
  const n = distances.length;
  const squares = distances.map((row) => Float64Array.from(row, square));
  const means = squares.map((row) => row.reduce((sum, value) => sum + value, 0) / n);
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const centred = squares.map((row, i) => row.map((value, j) => (means[i] + means[j] - mean - value) / 2));
  // Distances need not be Euclidean: the shift makes all eigenvalues positive, so that the largest is also that of largest size.
  const shift = Math.max(...centred.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  const furthest = centred.reduce((best, row, i) => (row[i] > centred[best][best] ? i : best), 0);
  let vector = unit(centred[furthest]);
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = unit(
      centred.map((row, i) => row.reduce((sum, value, j) => sum + value * vector[j], shift * vector[i])),
    );
    const moved = next.reduce((most, value, i) => Math.max(most, Math.abs(value - vector[i])), 0);
    vector = next;
    if (moved <= TOLERANCE) break;
  }
  return vector;
}

/** Of length 1; zeros stay zeros. */
function unit(vector: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(vector);
  const length = Math.sqrt(values.reduce((sum, value) => sum + square(value), 0));
  return length > 0 ? values.map((value) => value / length) : values;
}
