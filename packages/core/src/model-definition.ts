import type { Model } from './model.js';
import type { ParameterRecord } from './parameters.js';
import type { Restorable } from './restore.js';

/** What a model takes besides complete columns of numbers. What it does not take, its `fit` refuses. */
export interface AcceptedInput {
  /** Missing values. */
  readonly missing: boolean;
  /** Category columns. */
  readonly categories: boolean;
  /** Sample weights. */
  readonly sampleWeight: boolean;
}

/**
 * A class of models, as its static side defines it, once: what makes one, from which options, what it learns from, and what restores
 * one. Configurations, searches, help and the classes of model files follow from a list of such classes.
 *
 * ```ts
 * for (const { type, parameters } of classifiers) console.log(type, Object.keys(parameters));
 * ```
 */
export interface ModelDefinition<M extends Model = Model> extends Restorable<ReturnType<M['fit']>> {
  /** Each parameter with its check, its default and, where there are some, the values that a search tries. */
  readonly parameters: ParameterRecord;
  readonly accepts: AcceptedInput;
  // biome-ignore lint/suspicious/noExplicitAny: each class has options of its own, and checks them by its `parameters`.
  new (options: any): M;
}
