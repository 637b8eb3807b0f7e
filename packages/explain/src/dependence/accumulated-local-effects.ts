import {
  type Attributions,
  type Cell,
  type ClassLabel,
  integerParameter,
  isString,
  parameter,
  readOptions,
  requireParameter,
  requireTable,
  type Table,
  withDefault,
} from '@churn/core';
import { type ExplainedModel, requireFitted } from '../explained-model.js';
import { modelOutput, type OutputOptions, outputParameters } from '../model-output.js';
import { levelEffects } from './level-effects.js';
import { numericEffects } from './numeric-effects.js';

export interface AccumulatedLocalEffectsOptions extends OutputOptions {
  /** The maximum number of intervals into which a numeric column is divided, at quantiles. Default 50. */
  readonly nIntervals?: number;
  /** The order of the levels of a category column, such as `['low', 'medium', 'high']`. Default by similarity. */
  readonly order?: readonly string[];
}

/** The accumulated local effects of a column. */
export interface AccumulatedLocalEffects {
  readonly column: string;
  /** The unit of the effects. */
  readonly unit: Attributions['unit'];
  /** The class whose probability is predicted; absent for a regressor. */
  readonly label?: ClassLabel;
  /** The ends of the intervals of a numeric column, ascending; the ordered levels of a category column. */
  readonly grid: readonly Cell[];
  /** The effect at each end or level; the mean over all rows is 0. */
  readonly effects: Float64Array;
  /** The number of rows in each interval, of which there is one fewer than ends; or of each level. */
  readonly counts: Int32Array;
}

const parameters = {
  ...outputParameters,
  nIntervals: withDefault(integerParameter({ from: 1 }), 50),
  order: parameter(
    'a list of levels',
    (value): value is readonly string[] => Array.isArray(value) && value.every(isString),
  ),
};

/**
 * The effect of a raw column on the predictions of a fitted or loaded model or pipeline: the mean change of the predictions between the ends
 * of a short interval, for the rows within it, accumulated over the intervals (Apley and Zhu, "Visualizing the effects of predictor
 * variables in black box supervised learning models", 2020). Unlike partial dependence, it evaluates no impossible rows if columns are
 * correlated. Rows with a missing value in the column are ignored.
 *
 * In a category column, steps lead from one level to the next, for the rows of both. The effects depend on the order of the levels: by
 * default, levels whose rows are similar in the other columns are neighbours; `order` sets another.
 *
 * ```ts
 * const { grid, effects } = accumulatedLocalEffects(model, customers, 'tenure');
 * ```
 *
 * @throws `invalid-parameter` unless the column is one of the model with at least two distinct values, or if `order` does not contain each
 * level of the rows once; the errors of the model's `predict`.
 */
export function accumulatedLocalEffects(
  model: ExplainedModel,
  x: Table,
  column: string,
  options: AccumulatedLocalEffectsOptions = {},
): AccumulatedLocalEffects {
  requireFitted(model);
  requireTable(x);
  const { nIntervals, order, ...of } = readOptions(parameters, options);
  const { features } = model;
  requireParameter(
    features.includes(column),
    'column',
    `a column of the model: ${features.join(', ')}`,
    column,
  );
  const output = modelOutput(model, of);
  const rows = x.select(features);
  const found =
    x.column(column).kind === 'numeric'
      ? numericEffects(output, rows, column, nIntervals)
      : levelEffects(output, rows, column, order);
  const { unit, label } = output;
  return { column, unit, ...(label !== undefined && { label }), ...found };
}
