/** Columns of a panel. */
export const WIDTH = 4;

export interface GramSizes {
  /** How many panels there are on each side. */
  readonly nLeft: number;
  readonly nRight: number;
  /** How many rows a panel has room for. */
  readonly nRows: number;
}

/** Where sums of products of columns are taken, `WIDTH` by `WIDTH`, for a block of rows at a time. */
export interface GramEngine {
  /** [nLeft][nRows][WIDTH] */
  readonly left: Float64Array;
  /** [nRight][nRows][WIDTH] */
  readonly right: Float64Array;
  /** [nLeft][nRight][WIDTH][WIDTH], zeros at first. */
  readonly tiles: Float64Array;
  /** Adds the products of the first `rows` rows to the tiles; where `upperOnly`, to those from the diagonal on. */
  addProducts(rows: number, upperOnly: boolean): void;
}
