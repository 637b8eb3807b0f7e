/** The memory layout of rows. */
export interface TallSizes {
  /** The number of columns of a block, a multiple of four. */
  readonly nColumns: number;
  /** The number of rows of a block, a multiple of eight. */
  readonly nRows: number;
  readonly nBlocks: number;
  /** The number of runs of blocks with separate sums, which are added in order; at most `nBlocks`. */
  readonly nPieces: number;
}

/** The loss of each row as a function of its score z. */
export interface RowLoss {
  /** The logistic loss `log(1 + e^z) - y z`, or half the Tweedie deviance of y and `e^z`. */
  readonly isTweedie: boolean;
  /** The power p of the Tweedie deviance, from 1 to 2. */
  readonly power: number;
}

/** Computes the derivatives of a loss of linear scores, for rows stored in blocks. */
export interface TallEngine {
  /** [nBlocks][nColumns][nRows], zeros at first. */
  readonly rows: Float64Array;
  /** [nBlocks][nRows]: the class of each row, 0 or 1, or its value. */
  readonly targets: Float64Array;
  /** [nBlocks][nRows]: the weight of each row, initially 0. */
  readonly weights: Float64Array;
  readonly coefficients: Float64Array;
  /** The first derivatives. */
  readonly gradient: Float64Array;
  /** [nColumns][nColumns], of which the upper half is used: the second derivatives. */
  readonly hessian: Float64Array;
  /** Subtracts a centre from `length` values of `rows`, from index `at` on, and multiplies them by a factor. */
  standardise(at: number, length: number, centre: number, factor: number): void;
  /** Computes the gradient and, if requested, the Hessian, of every `step`th block, from block `step >> 1` on. */
  derive(withHessian: boolean, step: number): void;
  /** Releases the other threads; must be called. */
  close(): void;
}
