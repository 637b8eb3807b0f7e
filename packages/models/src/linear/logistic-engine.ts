export interface LogisticSizes {
  /** How many columns a block has: a multiple of four. */
  readonly nColumns: number;
  /** How many rows a block has: a multiple of eight. */
  readonly nRows: number;
}

/** Where the derivatives of the logistic loss of a linear score are taken, over a block of rows at a time. */
export interface LogisticEngine {
  /** [nColumns][nRows], zeros at first. */
  readonly block: Float64Array;
  /** The class of each row, 0 or 1. */
  readonly targets: Float64Array;
  /** How much each row counts. */
  readonly weights: Float64Array;
  readonly coefficients: Float64Array;
  /** The sums over all blocks. */
  readonly gradient: Float64Array;
  /** The sums over all blocks, of the gradient where all coefficients are 0. */
  readonly gradientAtZero: Float64Array;
  /** [nColumns][nColumns], of which the upper half counts: the sums over all blocks. */
  readonly hessian: Float64Array;
  /** Sets all sums to 0. */
  begin(): void;
  /** Adds what the block's rows give to the gradient, and, where asked for, to the Hessian. */
  addBlock(withHessian: boolean): void;
  /** Adds what the block's rows give to the gradient where all coefficients are 0. */
  addBlockAtZero(): void;
}
