import type { CodedRow } from './row-coding.js';
import type { RowSpace } from './row-space.js';

/** The share of training rows whose nearest neighbour is within the usual distance. */
const USUAL_SHARE = 0.95;

/** The number of training rows whose nearest neighbour is computed. */
const MEASURED = 1000;

/** The distances between a row and the training rows. */
export interface Surroundings {
  /** The distance to each training row. */
  readonly distances: Float64Array;
  /** The maximum distance between a plausible counterfactual and its nearest training row. */
  readonly limit: number;
}

/** Judges the plausibility of rows by their distance to the nearest training row. */
export class Plausibility {
  /** The distance within which 95 % of the training rows have their nearest neighbour. */
  readonly usual: number;

  constructor(
    readonly space: RowSpace,
    readonly training: readonly CodedRow[],
  ) {
    const nearest = Float64Array.from(training.slice(0, MEASURED), (row) => {
      let least = Infinity;
      for (const other of training) {
        if (other !== row) least = Math.min(least, space.distance(row, other, least));
      }
      return least;
    });
    this.usual = nearest.sort()[Math.ceil(USUAL_SHARE * nearest.length) - 1] ?? 0;
  }

  around(row: CodedRow): Surroundings {
    const distances = this.space.distances(row, this.training);
    const nearest = distances.reduce((least, distance) => Math.min(least, distance), Infinity);
    return { distances, limit: Math.max(this.usual, nearest) };
  }

  /**
   * Whether a counterfactual is close enough to a training row.
   * @param moved its distance from the original row, of which the surroundings are given.
   */
  isPlausible(row: CodedRow, moved: number, { distances, limit }: Surroundings): boolean {
    for (let i = 0; i < distances.length; i++) {
      // Any other is too far by the triangle inequality, which holds since missing values stay missing.
      if (Math.abs(distances[i] - moved) > limit) continue;
      if (this.space.distance(row, this.training[i], limit) <= limit) return true;
    }
    return false;
  }
}
