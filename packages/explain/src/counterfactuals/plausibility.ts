import type { CodedRow } from './row-coding.js';
import type { RowSpace } from './row-space.js';

/** The share of training rows that have another one as near as the usual distance. */
const USUAL_SHARE = 0.95;

/** For how many training rows the nearest other one is sought. */
const MEASURED = 1000;

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
      for (const other of training)
        if (other !== row) least = Math.min(least, space.distance(row, other, least));
      return least;
    });
    this.usual = nearest.sort()[Math.ceil(USUAL_SHARE * nearest.length) - 1] ?? 0;
  }

  /** How near a training row must be to what a row becomes: as usual, or as near as one is to the row itself. */
  limitOf(row: CodedRow): number {
    let nearest = Infinity;
    for (const seen of this.training) {
      nearest = Math.min(nearest, this.space.distance(row, seen, nearest));
      if (nearest <= this.usual) return this.usual;
    }
    return nearest;
  }

  /** Whether a training row is within a distance. */
  isWithin(row: CodedRow, limit: number): boolean {
    return this.training.some((seen) => this.space.distance(row, seen, limit) <= limit);
  }
}
