import type { CodedRow } from './row-coding.js';
import type { RowSpace } from './row-space.js';

/** The share of training rows that have another one as near as the usual distance. */
const USUAL_SHARE = 0.95;

/** For how many training rows the nearest other one is sought. */
const MEASURED = 1000;

/** Where a row stands among those of training. */
export interface Surroundings {
  /** How far it is from each training row. */
  readonly distances: Float64Array;
  /** How near a training row must be to what it becomes: as usual, or as near as one is to the row itself. */
  readonly limit: number;
}

/** Tells rows like those of training from others, by the distance to the nearest of these. */
export class Plausibility {
  /** The distance within which 95 % of the training rows have another one. */
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
   * Whether a training row is near enough to what a row becomes.
   * @param moved how far that is from the row.
   */
  isPlausible(row: CodedRow, moved: number, { distances, limit }: Surroundings): boolean {
    for (let i = 0; i < distances.length; i++) {
      // Others are too far by the triangle inequality, which holds where what is missing stays so.
      if (Math.abs(distances[i] - moved) > limit) continue;
      if (this.space.distance(row, this.training[i], limit) <= limit) return true;
    }
    return false;
  }
}
