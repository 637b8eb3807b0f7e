/** A test of whether two samples come from the same distribution. */
export interface DriftTest {
  readonly method: 'kolmogorov-smirnov' | 'chi-square' | 'fisher';
  /** The test statistic; for Fisher's exact test the difference of the shares. */
  readonly statistic: number;
  /** The probability that samples from the same distribution differ at least as much. */
  readonly pValue: number;
  /** The p-value corrected for all tests of the report (Holm). */
  readonly corrected: number;
}

/** A share of rows in the reference and in the current rows. */
export interface ShareDrift {
  readonly reference: number;
  readonly current: number;
  /** `null` if there is nothing to test. */
  readonly test: DriftTest | null;
}

/** Why a column raises an alert. */
export type DriftReason = 'distribution' | 'missing' | 'unseen';

/** The drift of a column, or of the predictions of a model. */
export interface ColumnDrift {
  /** The name of the column or prediction; for a score the class. */
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  readonly isAlert: boolean;
  /** Empty without an alert. */
  readonly reasons: readonly DriftReason[];
  /** The population stability index. It and the statistics below are `null` if there are no values to compare. */
  readonly psi: number | null;
  /** The Jensen-Shannon distance to base 2, from 0 to 1. */
  readonly jensenShannon: number | null;
  /** The Wasserstein distance of numbers, in their unit. */
  readonly wasserstein: number | null;
  /** The Wasserstein distance in standard deviations of the reference; `null` if that is 0. */
  readonly normedWasserstein: number | null;
  /** The test of the distribution of non-missing values. */
  readonly test: DriftTest | null;
  /** The means of numbers. */
  readonly mean: { readonly reference: number; readonly current: number } | null;
  readonly missing: ShareDrift;
  /** The share of values with unseen levels; `null` for numbers. */
  readonly unseen: ShareDrift | null;
  /** Some unseen levels with their numbers of rows, the most frequent first. */
  readonly unseenLevels: readonly (readonly [level: string, rows: number])[];
  /** The share of values below the minimum of the reference. */
  readonly below: number;
  /** The share of values above the maximum of the reference. */
  readonly above: number;
  /** The feature importance given in the options; `null` without one. */
  readonly importance: number | null;
  /** The criterion by which columns are ranked: the Jensen-Shannon distance, times the importance if given. */
  readonly weight: number;
}

/** The drift of new rows compared with the reference. */
export interface DriftReport {
  readonly rows: { readonly reference: number; readonly current: number };
  /** The maximum probability of any false alarm. */
  readonly significance: number;
  /** The number of tests. */
  readonly tests: number;
  /** Whether any column or prediction raises an alert. */
  readonly isAlert: boolean;
  /** The columns that raise an alert, in the order of `columns`. */
  readonly alerts: readonly string[];
  /** Columns with alerts first, each group in descending order of weight. */
  readonly columns: readonly ColumnDrift[];
  /**
   * The drift of the predictions: the probability of the positive class, or of each of more than two; or each predicted number. Empty without
   * predictions.
   */
  readonly scores: readonly ColumnDrift[];
}
