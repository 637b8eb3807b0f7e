import type { Model } from './model.js';
import type { ParameterRecord } from './parameters.js';
import type { Restorable } from './restore.js';

/** The input that a model accepts besides complete numeric columns. Its `fit` rejects anything else. */
export interface AcceptedInput {
  /** Missing values. */
  readonly missing: boolean;
  /** Category columns. */
  readonly categories: boolean;
  /** Sample weights. */
  readonly sampleWeight: boolean;
}

/**
 * The static side of a model class: its constructor, its options, the input it accepts, and how it is restored. Configurations, searches,
 * help and the classes of model files are derived from a list of such classes.
 *
 * ```ts
 * for (const { type, parameters } of classifiers) console.log(type, Object.keys(parameters));
 * ```
 */
export interface ModelDefinition<M extends Model = Model> extends Restorable<ReturnType<M['fit']>> {
  /** Each parameter with its check, its default and, if defined, the values that a search tries. */
  readonly parameters: ParameterRecord;
  readonly accepts: AcceptedInput;
  // biome-ignore lint/suspicious/noExplicitAny: each class has its own options, and checks them against its `parameters`.
  new (options: any): M;
}
