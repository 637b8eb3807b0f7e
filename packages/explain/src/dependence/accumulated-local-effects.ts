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
  /** The most intervals that the numbers of a column are cut into, at quantiles. Default 50. */
  readonly nIntervals?: number;
  /** The order of the levels of a category column, such as `['low', 'medium', 'high']`. Default by similarity. */
  readonly order?: readonly string[];
}

/** The accumulated local effects of a column. */
export interface AccumulatedLocalEffects {
  readonly column: string;
  /** The unit of the effects. */
  readonly unit: Attributions['unit'];
  /** The class whose probability it is; none for a regressor. */
  readonly label?: ClassLabel;
  /** Of numbers the ends of the intervals, ascending; of a category column its levels in their order. */
  readonly grid: readonly Cell[];
  /** The effect at each end or level; over all rows they are 0 on average. */
  readonly effects: Float64Array;
  /** How many rows each interval has, one fewer than there are ends; or each level. */
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
 * The effect of a raw column on the predictions of a fitted or loaded model, or pipeline: how these change from one end to the other of a
 * short interval, for the rows that are within it, added up over the intervals (Apley and Zhu, "Visualizing the effects of predictor
 * variables in black box supervised learning models", 2020). Unlike partial dependence, it does not extrapolate to impossible rows if
 * columns are correlated. Rows that lack the value are left out.
 *
 * Of a category column, steps lead from one level to the next, for the rows of either. Its levels are ordered so that those whose rows
 * are alike in the other columns of the model are neighbours; effects depend on the order, which `order` can give.
 *
 * ```ts
 * const { grid, effects } = accumulatedLocalEffects(model, customers, 'tenure');
 * ```
 *
 * @throws `invalid-parameter` unless the column is one of the model, of two different values or more, or if `order` does not hold each
 * level of the rows once; what the model's `predict` throws.
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
