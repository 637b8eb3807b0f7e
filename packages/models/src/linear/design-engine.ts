/** Rows, and classes, of a panel. */
export const PANEL = 4;

export interface DesignSizes {
  /** How many panels of rows there are. */
  readonly nPanels: number;
  readonly nColumns: number;
  /** How many panels of classes there are. */
  readonly nGroups: number;
  readonly nClasses: number;
}

/** Where products with a design matrix are taken, for the coefficients of several classes. */
export interface DesignEngine {
  /** [nPanels][nColumns][4 rows] */
  readonly design: Float64Array;
  /** [nGroups][nColumns][4 classes] */
  readonly coefficients: Float64Array;
  /** [nGroups][4 classes][4 nPanels]: one number per row, for each class. */
  readonly scores: Float64Array;
  /** The same: the probability of each class. */
  readonly shares: Float64Array;
  /** [4 nPanels]: how much each row counts. */
  readonly weights: Float64Array;
  /** [nGroups][nColumns][4 classes][2]: the sums over the even rows, and over the odd ones. */
  readonly sums: Float64Array;
  /** The scores that the coefficients give. */
  score(): void;
  /** The shares of the exponentials of the scores. */
  soften(): void;
  /** In place of scores along which a row moves, by how much its probabilities do, times its weight. */
  curve(): void;
  /** The sums over the rows of each column times what stands instead of the scores. */
  sumUp(): void;
}
