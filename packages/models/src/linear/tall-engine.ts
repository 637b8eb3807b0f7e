/** How rows are laid out. */
export interface TallSizes {
  /** How many columns a block has: a multiple of four. */
  readonly nColumns: number;
  /** How many rows a block has: a multiple of eight. */
  readonly nRows: number;
  readonly nBlocks: number;
  /** How many runs of blocks have sums of their own, which are joined in order: up to `nBlocks`. */
  readonly nPieces: number;
}

/** A loss of each row by its score z. */
export interface RowLoss {
  /** The logistic loss `log(1 + e^z) - y z`, or half the Tweedie deviance of y and `e^z`. */
  readonly isTweedie: boolean;
  /** The power p of the Tweedie deviance, from 1 to 2. */
  readonly power: number;
}

/** Takes the derivatives of a loss of linear scores, of rows that lie in blocks. */
export interface TallEngine {
  /** [nBlocks][nColumns][nRows], zeros at first. */
  readonly rows: Float64Array;
  /** [nBlocks][nRows]: the class of each row, 0 or 1, or its value. */
  readonly targets: Float64Array;
  /** [nBlocks][nRows]: how much each row counts, nothing at first. */
  readonly weights: Float64Array;
  readonly coefficients: Float64Array;
  /** The first derivatives. */
  readonly gradient: Float64Array;
  /** [nColumns][nColumns], of which the upper half counts: the second derivatives. */
  readonly hessian: Float64Array;
  /** Takes the gradient, and, if asked for, the Hessian. */
  derive(withHessian: boolean): void;
  /** Lets go of other threads; must be called. */
  close(): void;
}
