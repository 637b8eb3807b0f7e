/** What each feature adds to a score of each row, over the score that is expected without knowing the row. */
export interface ShapValues {
  /** An array a feature, in the order of the model's `features`, with a number a row. */
  readonly contributions: readonly Float64Array[];
  /** What the contributions of a row add up to its score with. */
  readonly expectedValue: number;
}
