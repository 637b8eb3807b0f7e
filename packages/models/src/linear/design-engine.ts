/** The number of rows or classes of a panel. */
export const PANEL = 4;

export interface DesignSizes {
  /** The number of panels of rows. */
  readonly nPanels: number;
  readonly nColumns: number;
  /** The number of panels of classes. */
  readonly nGroups: number;
  readonly nClasses: number;
}

/** Computes products with a design matrix, for the coefficients of several classes. */
export interface DesignEngine {
  /** [nPanels][nColumns][4 rows] */
  readonly design: Float64Array;
  /** [nGroups][nColumns][4 classes] */
  readonly coefficients: Float64Array;
  /** [nGroups][4 classes][4 nPanels]: one number per row, for each class. */
  readonly scores: Float64Array;
  /** In the same layout: the probability of each class. */
  readonly shares: Float64Array;
  /** [4 nPanels]: the weight of each row. */
  readonly weights: Float64Array;
  /** [nGroups][nColumns][4 classes][2]: the sums over the even rows, and over the odd ones. */
  readonly sums: Float64Array;
  /** Computes the scores for the coefficients. */
  score(): void;
  /** Computes the softmax of the scores. */
  soften(): void;
  /** Replaces a change of a row's scores by the change of its probabilities, times its weight. */
  curve(): void;
  /** Computes the sums over the rows of each column times the values in place of the scores. */
  sumUp(): void;
}
