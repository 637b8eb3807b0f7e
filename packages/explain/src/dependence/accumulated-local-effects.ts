import {
  type Attributions,
  type ClassLabel,
  lowerBound,
  readOptions,
  requireParameter,
  requireTable,
  type Table,
  wholeNumberParameter,
  withDefault,
} from '@churn/core';
import { type ExplainedModel, requireFitted } from '../explained-model.js';
import { modelOutput, type OutputOptions, outputParameters } from '../model-output.js';
import { quantiles } from './grid.js';

export interface AccumulatedLocalEffectsOptions extends OutputOptions {
  /** The most intervals that the numbers of the column are cut into, at quantiles. Default 50. */
  readonly nIntervals?: number;
}

/** What a column adds to the predictions, beyond what goes with it. */
export interface AccumulatedLocalEffects {
  readonly column: string;
  /** What effects are told in. */
  readonly unit: Attributions['unit'];
  /** The class whose probability it is; amounts have none. */
  readonly label?: ClassLabel;
  /** The ends of the intervals, ascending. */
  readonly grid: readonly number[];
  /** The effect at each end; over all rows they are 0 on average. */
  readonly effects: Float64Array;
  /** How many rows each interval has, one fewer than there are ends. */
  readonly counts: Int32Array;
}

const parameters = { ...outputParameters, nIntervals: withDefault(wholeNumberParameter({ from: 1 }), 50) };

/**
 * The effect of a raw column of numbers on the predictions of a fitted or loaded model, or pipeline: how these change from one end to the
 * other of a short interval, for the rows that are within it, added up over the intervals (Apley and Zhu, "Visualizing the effects of
 * predictor variables in black box supervised learning models", 2020). Unlike partial dependence it asks for no rows that cannot be,
 * where columns go together. Rows that lack the value are left out.
 *
 * ```ts
 * const { grid, effects } = accumulatedLocalEffects(model, customers, 'tenure');
 * ```
 *
 * @throws `invalid-parameter` unless the column is one of the model, of two different numbers or more; what the model's `predict` throws.
 */
export function accumulatedLocalEffects(
  model: ExplainedModel,
  x: Table,
  column: string,
  options: AccumulatedLocalEffectsOptions = {},
): AccumulatedLocalEffects {
  requireFitted(model);
  requireTable(x);
  const { nIntervals, ...of } = readOptions(parameters, options);
  const { features } = model;
  requireParameter(
    features.includes(column),
    'column',
    `a column of the model: ${features.join(', ')}`,
    column,
  );
  const output = modelOutput(model, of);
  const isNumeric = x.column(column).kind === 'numeric';
  const values = isNumeric ? x.numeric(column) : new Float64Array();
  const grid = quantiles(values, nIntervals + 1);
  requireParameter(grid.length > 1, 'column', 'a column of two different numbers or more', column);

  const rows = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  const known = x.select(features).take(rows);
  const intervals = Int32Array.from(rows, (row) => intervalOf(grid, values[row]));
  const [below, above] = [0, 1].map((end) =>
    output.of(known.with({ [column]: Float64Array.from(intervals, (interval) => grid[interval + end]) })),
  );
  const counts = new Int32Array(grid.length - 1);
  const sums = new Float64Array(grid.length - 1);
  intervals.forEach((interval, i) => {
    counts[interval]++;
    sums[interval] += above[i] - below[i];
  });
  const effects = new Float64Array(grid.length);
  let mean = 0;
  counts.forEach((count, k) => {
    effects[k + 1] = effects[k] + (count === 0 ? 0 : sums[k] / count);
    mean += (count / rows.length) * ((effects[k] + effects[k + 1]) / 2);
  });
  const { unit, label } = output;
  return {
    column,
    unit,
    ...(label !== undefined && { label }),
    grid,
    effects: effects.map((effect) => effect - mean),
    counts,
  };
}

/** The interval that a number is in: above its lower end, or at that of the first. */
function intervalOf(grid: readonly number[], value: number): number {
  return Math.min(Math.max(lowerBound(grid, value), 1), grid.length - 1) - 1;
}
