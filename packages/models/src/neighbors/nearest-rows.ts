import { pow } from '@churn/core';

/** The rows to search, row by row, `nFeatures` values each. */
export interface Rows {
  readonly values: Float64Array;
  readonly nRows: number;
  readonly nFeatures: number;
}

/** The rows nearest to a point, nearest first, ties in the order of the rows. Rows at infinite distance are left out. */
export interface Nearest {
  readonly rows: Int32Array;
  readonly distances: Float64Array;
  /** The number of rows found. */
  count: number;
}

/**
 * Finds the rows nearest to points by exhaustive search, which no index beats with more than a few features. Distances are Minkowski
 * distances, `(Σ |x_j - z_j|^p)^(1/p)`.
 *
 * @returns a function that fills `nearest` with the rows nearest to a point.
 */
export function nearestRows({ values, nRows, nFeatures }: Rows, p: number) {
  const sumOf = p === 2 ? squares : p === 1 ? absolutes : powers(p);
  const rootOf = p === 2 ? Math.sqrt : p === 1 ? (sum: number) => sum : (sum: number) => pow(sum, 1 / p);
  return (point: Float64Array, nearest: Nearest): void => {
    const { rows, distances } = nearest;
    const most = rows.length;
    let count = 0;
    let worst = Infinity;
    for (let row = 0; row < nRows; row++) {
      const sum = sumOf(values, row * nFeatures, point, worst);
      if (!(sum < worst)) continue;
      let at = count < most ? count++ : most - 1;
      for (; at > 0 && distances[at - 1] > sum; at--) {
        distances[at] = distances[at - 1];
        rows[at] = rows[at - 1];
      }
      distances[at] = sum;
      rows[at] = row;
      if (count === most) worst = distances[most - 1];
    }
    nearest.count = count;
    for (let i = 0; i < count; i++) distances[i] = rootOf(distances[i]);
  };
}

/** The p-th power of the distance of a row, or, as soon as it exceeds `worst`, any number above that. */
type DistanceSum = (values: Float64Array, start: number, point: Float64Array, worst: number) => number;

const squares: DistanceSum = (values, start, point, worst) => {
  let sum = 0;
  for (let j = 0; j < point.length && sum <= worst; j++) {
    const apart = values[start + j] - point[j];
    sum += apart * apart;
  }
  return sum;
};

const absolutes: DistanceSum = (values, start, point, worst) => {
  let sum = 0;
  for (let j = 0; j < point.length && sum <= worst; j++) sum += Math.abs(values[start + j] - point[j]);
  return sum;
};

function powers(p: number): DistanceSum {
  return (values, start, point, worst) => {
    let sum = 0;
    for (let j = 0; j < point.length && sum <= worst; j++) {
      sum += pow(Math.abs(values[start + j] - point[j]), p);
    }
    return sum;
  };
}
