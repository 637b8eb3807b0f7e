/** A test of whether two samples can be of one distribution. */
export interface DriftTest {
  readonly method: 'kolmogorov-smirnov' | 'chi-square' | 'fisher';
  /** Of Fisher's exact test the difference of the shares. */
  readonly statistic: number;
  /** How probable it is that samples of one distribution differ as much. */
  readonly pValue: number;
  /** The same, corrected for all the tests of the report (Holm). */
  readonly corrected: number;
}

/** The share of some rows among all, before and now. */
export interface ShareDrift {
  readonly reference: number;
  readonly current: number;
  /** `null` where nothing is to be tested. */
  readonly test: DriftTest | null;
}

/** What makes a column raise an alert. */
export type DriftReason = 'distribution' | 'missing' | 'unseen';

/** How a column, or the score of a model, differs from the reference. */
export interface ColumnDrift {
  /** Of a score the class, of another prediction what it is called. */
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  readonly isAlert: boolean;
  /** Empty unless it is an alert. */
  readonly reasons: readonly DriftReason[];
  /** The population stability index; `null`, as the figures below, if there are no values to compare. */
  readonly psi: number | null;
  /** The Jensen-Shannon distance, to base 2: from 0 to 1. */
  readonly jensenShannon: number | null;
  /** Of numbers, in their unit. */
  readonly wasserstein: number | null;
  /** The same in standard deviations of the reference; `null` if that is 0. */
  readonly normedWasserstein: number | null;
  /** Of the values that are not missing. */
  readonly test: DriftTest | null;
  /** The mean of numbers, before and now. */
  readonly mean: { readonly reference: number; readonly current: number } | null;
  readonly missing: ShareDrift;
  /** Of categories, the share of values of a level that the reference does not have; `null` of numbers. */
  readonly unseen: ShareDrift | null;
  /** Some of these levels, and how many rows have each; the most frequent first. */
  readonly unseenLevels: readonly (readonly [level: string, rows: number])[];
  /** The share of values that are less than any of the reference. */
  readonly below: number;
  /** The share of values that are greater than any of the reference. */
  readonly above: number;
  /** What the column matters to the model, as the options tell; `null` if they do not. */
  readonly importance: number | null;
  /** By what columns are ranked: the Jensen-Shannon distance times the importance, if that is known. */
  readonly weight: number;
}

/** How new rows differ from the reference. */
export interface DriftReport {
  readonly rows: { readonly reference: number; readonly current: number };
  /** The chance of any false alarm, at most. */
  readonly significance: number;
  /** How many tests were made. */
  readonly tests: number;
  /** Whether any column, or the score, raises an alert. */
  readonly isAlert: boolean;
  /** The columns that do, in the order of `columns`. */
  readonly alerts: readonly string[];
  /** First those that raise an alert; of these, and of the others, first the one of the greatest weight. */
  readonly columns: readonly ColumnDrift[];
  /**
   * Of the positive class; of more than two classes, of each; of values and times, of each number that is predicted. Empty if there are
   * none.
   */
  readonly scores: readonly ColumnDrift[];
}
