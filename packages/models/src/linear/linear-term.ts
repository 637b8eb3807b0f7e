/** A linear function of the features. */
export interface LinearTerm {
  /** The coefficient of each feature. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

/** A model that scores rows by linear functions of its features: one for two classes, otherwise one per class. */
export interface LinearModel {
  readonly features: readonly string[];
  readonly terms: readonly LinearTerm[];
}

/** Whether the scores of all rows with values up to 2^53 are finite. */
export function hasFiniteScores({ coefficients, intercept }: LinearTerm): boolean {
  const size = coefficients.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0);
  return size * Number.MAX_SAFE_INTEGER + Math.abs(intercept) < Infinity;
}
