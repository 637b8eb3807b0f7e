/** Computes weighted sums of kernels between rows and points, four points at a time. */
export interface KernelEngine {
  /** [nPadded / 4][nFeatures][4]: the rows, interleaved in fours and padded with zeros. */
  readonly rows: Float64Array;
  /** [nSums][nPadded]: the weight of each row in each sum. */
  readonly weights: Float64Array;
  /** [nFeatures][4]: four points. */
  readonly points: Float64Array;
  /** [nSums][4]: the sums of each point. */
  readonly sums: Float64Array;
  /** Call it once `rows` is filled. */
  prepare(): void;
  /** Computes the sums of the four points. */
  score(): void;
}

export interface KernelShape {
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nSums: number;
}
