/** The rows to search, row by row, `nFeatures` values each. */
export interface Rows {
  readonly values: Float64Array;
  readonly nRows: number;
  readonly nFeatures: number;
}

/** How to search. */
export interface Search {
  /** The maximum number of points at a time. */
  readonly nPoints: number;
  readonly nNeighbors: number;
  /** The power of the Minkowski distance. */
  readonly p: number;
}

/** Finds the rows nearest to points, nearest first, ties in the order of the rows. Rows at infinite distance are left out. */
export interface NearestEngine {
  /** [nPoints][nFeatures] */
  readonly points: Float64Array;
  /** [nPoints][nNeighbors]: the rows nearest to each point. */
  readonly neighbors: Int32Array;
  /** [nPoints][nNeighbors]: the p-th powers of their distances. */
  readonly distances: Float64Array;
  /** [nPoints]: the number of rows found. */
  readonly counts: Int32Array;
  /** Searches for the first `length` points. */
  search(length: number): void;
}
