import figures from './summary.json';

/** A quantile function: points (p, value), joined by straight lines. Equal values are a value that piles up. */
export interface QuantileKnots {
  /** Rising from 0 to 1; left out if they are the common {@link Summary.probabilities}. */
  readonly p?: readonly number[];
  readonly value: readonly number[];
}

/** Customers of one class who spend and borrow alike. */
export interface Segment {
  /** Rows of the real file in this segment. */
  readonly rows: number;
  /** By name of a continuous column. */
  readonly quantiles: Readonly<Record<string, QuantileKnots>>;
  /** By names of a discrete variable's columns, joined by `|`; in the order of its levels. */
  readonly shares: Readonly<Record<string, readonly number[]>>;
  /**
   * Correlations of the normal scores in percent, below the diagonal, row by row, over the continuous
   * columns and then the discrete variables.
   */
  readonly correlation: readonly number[];
}

/** A column with many values. */
export interface ContinuousVariable {
  readonly column: string;
  readonly decimals: number;
}

/** One column with few values, or several that are drawn together. */
export interface DiscreteVariable {
  readonly columns: readonly string[];
  /** A value for each of the columns, in the order that the copula gives them. */
  readonly levels: readonly (readonly (number | string)[])[];
}

/** What is known of some customers as a whole, by column name. */
export interface Figures {
  readonly means: Readonly<Record<string, number>>;
  /** The share of each level of a category. */
  readonly shares: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The aggregate figures of the real file, as `summarize.py` writes them. */
export interface Summary {
  readonly source: string;
  readonly rows: number;
  readonly probabilities: readonly number[];
  readonly continuous: readonly ContinuousVariable[];
  readonly discrete: readonly DiscreteVariable[];
  /** The least and the greatest value of each numeric column. */
  readonly ranges: Readonly<Record<string, readonly number[]>>;
  /** Figures of the whole file. The generator reads neither these nor the ranges: they are for checks. */
  readonly overall: Figures;
  /** The same for each class. */
  readonly perClass: Readonly<Record<string, Figures>>;
  readonly classes: readonly {
    readonly label: string;
    readonly rows: number;
    readonly segments: readonly Segment[];
  }[];
}

/** The committed figures. */
export const summary: Summary = figures;
