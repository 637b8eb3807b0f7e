import type { JsonObject } from './json.js';
import type { TableSchema } from './schema.js';
import type { Table } from './table.js';
import type { Role, RoleOf, Target, TargetLike } from './target.js';

/** A fitted part: plain data, and pure functions of it. */
export interface FittedPart {
  /** What it is for. */
  readonly role: Role;
  /** The name by which a model file refers to its class. */
  readonly type: string;
  /** What was learned, as plain JSON, open to inspection. */
  readonly state: JsonObject;
}

/** The options of `fit`, besides rows and target. */
export interface FitOptions {
  /** The weight of each row, a non-negative number; a row of weight 2 counts as two equal rows. Default 1 for each row. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** An unfitted model: an immutable specification of its parameters. */
export interface Model<T extends Target = Target, F extends FittedModel<T> = FittedModel<T>> {
  /** What the model predicts. */
  readonly role: RoleOf<T>;
  /** Fits the model to rows `x` and their target `y`, and returns the fitted model as a new object. */
  fit(x: Table, y: TargetLike<T>, options?: FitOptions): F;
  /**
   * Fits several specifications of this class on the same rows, sharing work. The results are in the order of `specifications`, each the
   * same as that of a separate `fit`.
   */
  fitMany?(x: Table, y: TargetLike<T>, specifications: readonly this[], options?: FitOptions): F[];
  /** A key: `fitMany` saves work for specifications with the same key. By default, the class alone decides. */
  fitManyKey?(): string;
  /**
   * A cheaper specification that puts rows of two classes in the same order, if there is one: what it predicts means nothing else. A
   * search fits it if all of its scorers need the order alone.
   */
  forOrder?(): Model<T>;
}

/** A fitted model. Some methods are optional, since not every model supports them. */
export interface FittedModel<T extends Target = Target> extends FittedPart {
  readonly role: RoleOf<T>;
  /** The columns that `x` must have. */
  readonly features: readonly string[];
  /** The same columns with their kinds, used to check a model file; without it any kind is accepted. */
  readonly schema?: TableSchema | undefined;
  /** The predicted class, value or risk score of each row. */
  predict(x: Table): ArrayLike<unknown>;
  /** The exact contribution of each feature to the predictions; missing if the model cannot compute it. */
  attributions?(x: Table): Attributions;
  /** Feature importance for each of `features`: non-negative numbers that add up to 1. */
  importances?(): Float64Array;
}

/** The contributions of features to an output of a model: `baseline` plus all contributions to a row equals its output. */
export interface Attributions {
  /** The unit of the contributions; `risk` is the risk score of a survival model, which has its own unit. */
  readonly unit: 'probability' | 'log-odds' | 'amount' | 'log-hazard' | 'risk';
  /** One per class, or only the second of two classes; one for a regressor or a survival model. */
  readonly outputs: readonly Attribution[];
}

export interface Attribution {
  /** The output for a row about which nothing is known. */
  readonly baseline: number;
  /** One array per feature in `features`, with one number per row. */
  readonly contributions: readonly Float64Array[];
}
