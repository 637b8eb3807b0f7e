/** The number of columns of a panel. */
export const WIDTH = 4;

export interface GramSizes {
  /** The number of panels on each side. */
  readonly nLeft: number;
  readonly nRight: number;
  /** The number of rows of a panel. */
  readonly nRows: number;
}

/** Computes sums of products of columns, `WIDTH` by `WIDTH`, for a block of rows at a time. */
export interface GramEngine {
  /** [nLeft][nRows][WIDTH] */
  readonly left: Float64Array;
  /** [nRight][nRows][WIDTH] */
  readonly right: Float64Array;
  /** [nLeft][nRight][WIDTH][WIDTH], zeros at first. */
  readonly tiles: Float64Array;
  /** Adds the products of the first `rows` rows to the tiles; with `upperOnly`, only to those from the diagonal on. */
  addProducts(rows: number, upperOnly: boolean): void;
}
