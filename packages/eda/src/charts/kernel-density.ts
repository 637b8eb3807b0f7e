import { exp, pow, square } from '@churn/core';
import type { CountedValues } from '../profile/finite-values.js';

/** A density at evenly spaced values. */
export interface Density {
  readonly values: Float64Array;
  /** Per unit of the values; the area below is 1. */
  readonly densities: Float64Array;
  /** The standard deviation of each kernel, in the unit of the values. */
  readonly bandwidth: number;
}

/** At how many values the density is found. */
const POINTS = 256;
/** More distinct values than this are first shared out between the points of a fine grid. */
const MAX_VALUES = 4096;
/** Beyond so many bandwidths a kernel is below 1e-16 of its height. */
const REACH = 8.7;

/**
 * A Gaussian kernel density with Scott's bandwidth `sd n^(-1/5)` (Scott, "Multivariate density estimation", 1992), from three
 * bandwidths below the smallest value to three above the largest. Of up to 4,096 distinct values it is exact; more are first shared
 * out between the points of a grid, which changes it by less than 1e-5 of its height.
 *
 * @returns `undefined` of fewer than two different values.
 */
export function kernelDensity({ values, counts, n }: CountedValues): Density | undefined {
  if (values.length < 2) return undefined;
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += (counts[i] / n) * values[i];
  let variance = 0;
  for (let i = 0; i < values.length; i++) variance += (counts[i] / (n - 1)) * square(values[i] - mean);
  const bandwidth = Math.sqrt(variance) * pow(n, -0.2);
  if (!(bandwidth > 0) || !Number.isFinite(bandwidth)) return undefined;
  const start = values[0] - 3 * bandwidth;
  const step = (values[values.length - 1] + 3 * bandwidth - start) / (POINTS - 1);
  const { at, mass } =
    values.length <= MAX_VALUES ? { at: values, mass: counts } : gridded(values, counts, bandwidth);
  const densities = new Float64Array(POINTS);
  const scale = 1 / (n * bandwidth * Math.sqrt(2 * Math.PI));
  for (let i = 0; i < at.length; i++) {
    const first = Math.max(0, Math.ceil((at[i] - REACH * bandwidth - start) / step));
    const last = Math.min(POINTS - 1, Math.floor((at[i] + REACH * bandwidth - start) / step));
    const height = mass[i] * scale;
    for (let j = first; j <= last; j++) {
      const z = (start + j * step - at[i]) / bandwidth;
      densities[j] += height * exp(-0.5 * z * z);
    }
  }
  return { values: Float64Array.from(densities, (_, j) => start + j * step), densities, bandwidth };
}

/** The values shared out between the points of a grid, in parts by how near they lie; of steps well below the bandwidth. */
function gridded(values: Float64Array, counts: Int32Array, bandwidth: number) {
  const low = values[0];
  const range = values[values.length - 1] - low;
  const size = Math.min(MAX_VALUES, Math.ceil((range / bandwidth) * 100)) + 2;
  const step = range / (size - 2);
  const mass = new Float64Array(size);
  for (let i = 0; i < values.length; i++) {
    const place = (values[i] - low) / step;
    const left = Math.min(Math.floor(place), size - 2);
    mass[left] += (left + 1 - place) * counts[i];
    mass[left + 1] += (place - left) * counts[i];
  }
  return { at: mass.map((_, i) => low + i * step), mass };
}
