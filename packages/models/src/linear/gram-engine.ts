/** The number of columns of a panel. */
export const WIDTH = 4;

export interface GramSizes {
  /** The number of panels on each side. */
  readonly nLeft: number;
  readonly nRight: number;
  /** The number of rows of a block, a multiple of four. */
  readonly nRows: number;
}

/** Sums columns, and their products, `WIDTH` by `WIDTH`, for a block of rows at a time. */
export interface GramEngine {
  /** [WIDTH][nRows]: the next columns of the block. */
  readonly columns: Float64Array;
  /** [WIDTH]: the constant subtracted from each of them. */
  readonly centres: Float64Array;
  /** [nRows]: the weights of the block's rows. */
  readonly weights: Float64Array;
  /** [WIDTH][2]: the weighted sum and sum of squares of each column, zeros at first. */
  readonly moments: Float64Array;
  /** [nLeft][nRight][WIDTH][WIDTH], zeros at first. */
  readonly tiles: Float64Array;
  /** Adds the sums of the columns, minus their centres, to the moments. */
  addMoments(): void;
  /** Makes the columns, minus their centres, a panel of the right side, or, times the weights, of the left side. */
  pack(panel: number, isLeft: boolean): void;
  /** Adds the products of the panels to the tiles; with `upperOnly`, only to those from the diagonal on. */
  addProducts(upperOnly: boolean): void;
}
