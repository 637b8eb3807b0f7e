/** The contribution of each feature to a score of each row, relative to the expected score. */
export interface ShapValues {
  /** One array per feature, in the order of the model's `features`, with one number per row. */
  readonly contributions: readonly Float64Array[];
  /** The expected score, which adds up to a row's score with the row's contributions. */
  readonly expectedValue: number;
}
