/** A density at evenly spaced values. */
export interface Density {
  readonly values: Float64Array;
  /** Per unit of the values; the area below is 1. */
  readonly densities: Float64Array;
}

/** Kernels are summed over so many steps of the grid that the values are first counted into. */
const GRID = 512;

/**
 * A Gaussian kernel density with Scott's bandwidth `sd n^(-1/5)` (Scott, "Multivariate density estimation", 1992), from three
 * bandwidths below the smallest value to three above the largest. Values are first shared out between the points of a grid, so
 * that a million of them cost as much as a thousand.
 *
 * @param values finite numbers.
 * @returns `undefined` of fewer than two different values.
 */
export function kernelDensity(values: ArrayLike<number>): Density | undefined {
  const n = values.length;
  let [low, high, mean] = [Infinity, -Infinity, 0];
  for (let i = 0; i < n; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
    mean += values[i] / n;
  }
  let variance = 0;
  for (let i = 0; i < n; i++) variance += (values[i] - mean) ** 2 / (n - 1);
  const bandwidth = Math.sqrt(variance) * n ** -0.2;
  if (n < 2 || !(bandwidth > 0) || !Number.isFinite(bandwidth)) return undefined;
  const start = low - 3 * bandwidth;
  const step = (high + 3 * bandwidth - start) / (GRID - 1);
  const mass = new Float64Array(GRID);
  for (let i = 0; i < n; i++) {
    const place = (values[i] - start) / step;
    const left = Math.min(Math.floor(place), GRID - 2);
    mass[left] += left + 1 - place;
    mass[left + 1] += place - left;
  }
  const scale = 1 / (n * bandwidth * Math.sqrt(2 * Math.PI));
  const kernel = Float64Array.from(
    { length: GRID },
    (_, i) => scale * Math.exp(-0.5 * ((i * step) / bandwidth) ** 2),
  );
  const densities = new Float64Array(GRID);
  for (let j = 0; j < GRID; j++) {
    if (mass[j] === 0) continue;
    for (let i = 0; i < GRID; i++) densities[i] += mass[j] * kernel[Math.abs(i - j)];
  }
  return { values: Float64Array.from({ length: GRID }, (_, i) => start + i * step), densities };
}
