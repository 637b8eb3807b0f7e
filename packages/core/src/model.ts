import type { JsonObject } from './json.js';
import type { TableSchema } from './schema.js';
import type { Table } from './table.js';
import type { Role, RoleOf, Target, TargetLike } from './target.js';

/** What has learned: plain data, and pure functions of it. */
export interface FittedPart {
  /** What it is for. */
  readonly role: Role;
  /** The name by which a model file refers to the class that can restore it. */
  readonly type: string;
  /** What was learned, as plain JSON, there to be looked at. */
  readonly state: JsonObject;
}

/** What a fit can be told besides rows and target. */
export interface FitOptions {
  /** How much each row counts, a number from 0 a row; a row of weight 2 counts as two equal rows. Default 1 each. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** A model to be fitted: an immutable specification of its parameters. */
export interface Model<T extends Target = Target, F extends FittedModel<T> = FittedModel<T>> {
  /** What it predicts. */
  readonly role: RoleOf<T>;
  /** Learns from rows `x` and their target `y`; returns what was learned as a new object. */
  fit(x: Table, y: TargetLike<T>, options?: FitOptions): F;
  /**
   * Fits several specifications of this one's class on the same rows, sharing what work they have in common. The results
   * come in the order of `specifications`, each what a separate `fit` gives.
   */
  fitMany?(x: Table, y: TargetLike<T>, specifications: readonly this[], options?: FitOptions): F[];
  /** What specifications must have in common for `fitMany` to save work, as text; without it their class is enough. */
  fitManyKey?(): string;
  /**
   * A cheaper specification that puts rows of two classes in the same order, where there is one: what it predicts means nothing
   * else. A search fits it where all of its scorers need the order alone.
   */
  forOrder?(): Model<T>;
}

/** A model that has learned. Optional methods are what some models can, and others cannot. */
export interface FittedModel<T extends Target = Target> extends FittedPart {
  readonly role: RoleOf<T>;
  /** The columns that `x` must have. */
  readonly features: readonly string[];
  /** The same columns with their kinds, for a model file to be checked by; without it any kind will do. */
  readonly schema?: TableSchema | undefined;
  /** The class, the amount or the risk score of each row. */
  predict(x: Table): ArrayLike<unknown>;
  /** What each feature adds to what is predicted, exactly; missing where the model has no exact answer. */
  attributions?(x: Table): Attributions;
  /** How much each of `features` matters to the model: numbers from 0 that add up to 1. */
  importances?(): Float64Array;
}

/** What features add to an output of a model: `baseline`, and all contributions to a row, add up to its output. */
export interface Attributions {
  /** What contributions are measured in; `risk` is the risk score of a survival model, in a unit of its own. */
  readonly unit: 'probability' | 'log-odds' | 'amount' | 'log-hazard' | 'risk';
  /** One per class, or only the second of two classes; one for a regressor or a survival model. */
  readonly outputs: readonly Attribution[];
}

export interface Attribution {
  /** The output for a row of which nothing is known. */
  readonly baseline: number;
  /** For each of the model's `features` one number per row. */
  readonly contributions: readonly Float64Array[];
}
