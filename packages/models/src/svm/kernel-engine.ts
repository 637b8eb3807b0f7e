/** Where weighted sums of the kernels between rows and four points at a time are computed. */
export interface KernelEngine {
  /** [nPadded / 4][nFeatures][4]: the rows, four side by side, the last four filled up with zeros. */
  readonly rows: Float64Array;
  /** [nSums][nPadded]: the weight of each row in each sum. */
  readonly weights: Float64Array;
  /** [nFeatures][4]: four points. */
  readonly points: Float64Array;
  /** [nSums][4]: the sums of each point. */
  readonly sums: Float64Array;
  /** To be called when the rows are in place. */
  prepare(): void;
  /** Computes the sums of the four points. */
  score(): void;
}

export interface KernelShape {
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nSums: number;
}
