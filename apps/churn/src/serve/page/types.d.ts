/** A column of the model, as in `GET /v1/model`. */
export interface Column {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  readonly average?: number;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: true;
  readonly levels?: readonly string[];
}

/** The model, as in `GET /v1/model`. */
export interface Model {
  readonly hash: string;
  readonly predicts: string;
  readonly task: 'classes' | 'value' | 'survival';
  readonly columns: readonly Column[];
  readonly classes?: readonly string[];
  readonly threshold?: number | null;
  /** For classification, the treatment whose uplift the model predicts. */
  readonly treatment?: { readonly column: string; readonly treated: string };
  /** For survival, ascending. */
  readonly horizons?: readonly number[];
  /** For survival. */
  readonly unit?: string;
  /** For survival, the column with the elapsed time, which each row must have. */
  readonly elapsed?: string;
  readonly maxRows: number;
  /** Whether the service has counterfactuals. */
  readonly counterfactuals?: boolean;
}

export type Row = Record<string, string | number | null>;

export interface Reason {
  readonly column: string;
  readonly value: string | number | null;
  readonly contribution: number;
  readonly text: string;
}

/** The response of `POST /v1/explain` for a row. */
export interface Explained {
  /** For classification and regression. */
  readonly prediction?: string | number;
  readonly reasons: readonly Reason[];
  readonly warnings?: readonly { readonly text: string }[];
  /** For classification. */
  readonly label?: string;
  readonly probability?: number;
  readonly probabilities?: Readonly<Record<string, number>>;
  /** The decrease of the probability by the treatment. */
  readonly uplift?: number;
  /** For survival: the probability within each horizon, and the expected and median time. */
  readonly within?: Readonly<Record<string, number>>;
  readonly expectedTime?: number;
  readonly medianTime?: number | null;
  /** For regression. */
  readonly low?: number;
  readonly high?: number;
}

/** A counterfactual. */
export interface Counterfactual {
  readonly text: string;
  readonly changes: readonly { readonly column: string; readonly to: string | number | null }[];
}

/** The answer to a row. */
export interface Answer {
  /** The hash of the model. */
  readonly model: string;
  readonly explained: Explained;
}
