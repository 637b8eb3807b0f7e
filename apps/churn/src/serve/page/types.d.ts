/** A column of the model, as `GET /v1/model` tells it. */
export interface Column {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  readonly average?: number;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: true;
  readonly levels?: readonly string[];
}

/** The model, as `GET /v1/model` tells it. */
export interface Model {
  readonly hash: string;
  readonly predicts: string;
  readonly task: 'classes' | 'value' | 'survival';
  readonly columns: readonly Column[];
  readonly classes?: readonly string[];
  readonly threshold?: number | null;
  /** Of classes, the treatment whose uplift the model tells. */
  readonly treatment?: { readonly column: string; readonly treated: string };
  /** Of times, ascending. */
  readonly horizons?: readonly number[];
  /** Of times. */
  readonly unit?: string;
  /** Of times, the column that tells how long a row has been there, which it must tell. */
  readonly elapsed?: string;
  readonly maxRows: number;
  /** Whether the service tells counterfactuals. */
  readonly counterfactuals?: boolean;
}

export type Row = Record<string, string | number | null>;

export interface Reason {
  readonly column: string;
  readonly value: string | number | null;
  readonly contribution: number;
  readonly text: string;
}

/** What `POST /v1/explain` answers about a row. */
export interface Explained {
  /** Of classes and values. */
  readonly prediction?: string | number;
  readonly reasons: readonly Reason[];
  readonly warnings?: readonly { readonly text: string }[];
  /** Of classes. */
  readonly label?: string;
  readonly probability?: number;
  readonly probabilities?: Readonly<Record<string, number>>;
  /** By how much the treatment lowers the probability. */
  readonly uplift?: number;
  /** Of times: the probability within each horizon, and how long it may take. */
  readonly within?: Readonly<Record<string, number>>;
  readonly expectedTime?: number;
  readonly medianTime?: number | null;
  /** Of values. */
  readonly low?: number;
  readonly high?: number;
}

/** What would have to be otherwise about a row for another decision. */
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
