/** What each feature adds to a score of each row, over the score that is expected without knowing the row. */
export interface ShapValues {
  /** One array per feature, in the order of the model's `features`, with one number per row. */
  readonly contributions: readonly Float64Array[];
  /** What the contributions of a row add up to its score with. */
  readonly expectedValue: number;
}
