import { pow } from '@churn/core';
import type { NearestEngine, Rows, Search } from './nearest-engine.js';

/** The search without WebAssembly, for any power; results are bit-identical to those of wasm/nearest.ts. */
export function plainNearestEngine(
  { values, nRows, nFeatures }: Rows,
  { nPoints, nNeighbors, p }: Search,
): NearestEngine {
  const points = new Float64Array(nPoints * nFeatures);
  const neighbors = new Int32Array(nPoints * nNeighbors);
  const distances = new Float64Array(nPoints * nNeighbors);
  const counts = new Int32Array(nPoints);
  const sumOf = p === 2 ? squares : p === 1 ? absolutes : powers(p);
  return {
    points,
    neighbors,
    distances,
    counts,
    search(length) {
      for (let point = 0; point < length; point++) {
        const start = point * nFeatures;
        const first = point * nNeighbors;
        const last = first + nNeighbors - 1;
        const coordinates = points.subarray(start, start + nFeatures);
        let end = first;
        let worst = Infinity;
        for (let row = 0; row < nRows; row++) {
          const sum = sumOf(values, row * nFeatures, coordinates, worst);
          if (!(sum < worst)) continue;
          let at = end <= last ? end++ : last;
          for (; at > first && distances[at - 1] > sum; at--) {
            distances[at] = distances[at - 1];
            neighbors[at] = neighbors[at - 1];
          }
          distances[at] = sum;
          neighbors[at] = row;
          if (end > last) worst = distances[last];
        }
        counts[point] = end - first;
      }
    },
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
