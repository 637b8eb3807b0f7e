/** The derivatives of a loss by the coefficients. */
export interface Derivatives {
  readonly gradient: Float64Array;
  /** The full symmetric matrix in row-major order, if it was asked for. */
  readonly hessian: Float64Array | undefined;
}

/** A smooth convex loss of linear scores, summed over many rows of few columns. To be closed. */
export interface TallRows {
  /** How many rows there are. */
  readonly length: number;
  /** How many coefficients there are. */
  readonly size: number;
  /** The gradient where all coefficients are 0. */
  readonly gradientAtZero: Float64Array;
  /** The derivatives at these coefficients; the Hessian only if asked for. */
  at(w: Float64Array, withHessian: boolean): Derivatives;
  /** The rows of a sample. */
  sample(): TallRows;
  /** Lets go of what other threads it has. */
  close(): void;
}
