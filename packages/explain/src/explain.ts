import {
  type Attributions,
  type Cell,
  type ClassLabel,
  type Column,
  cellAt,
  extremeColumn,
  likeliestCodes,
  type RowFault,
  requireTable,
  rowFaultError,
  type Table,
} from '@churn/core';
import { type ExplainedModel, requireFitted } from './explained-model.js';
import { type ExplanationMethod, rowAttributions } from './row-attributions.js';

export interface ExplainOptions {
  /** What the model's `predictProba` gives for the rows, if that is known already: one array per class. */
  readonly probabilities?: readonly Float64Array[];
  /** Some 20 to 100 rows like those of training, for Kernel SHAP values of a model without `attributions`. */
  readonly background?: Table;
}

/** Why rows have the predictions that they have. */
export interface Explanation {
  readonly method: ExplanationMethod;
  /** The unit of baselines and contributions. */
  readonly unit: Attributions['unit'];
  readonly rows: readonly RowExplanation[];
}

export interface RowExplanation {
  /**
   * The class that is explained: the second of two, the likeliest of more; none for a regressor or a survival
   * model.
   */
  readonly label?: ClassLabel;
  /** The probability of that class, the amount, or the risk score of a survival model. */
  readonly prediction: number;
  /** The output of the model, in `unit`, for a row about which nothing is known. */
  readonly baseline: number;
  /** The contributions of raw columns, the largest first. */
  readonly contributions: readonly Contribution[];
}

export interface Contribution {
  readonly column: string;
  /** The value of the row; `null` if missing. */
  readonly value: Cell;
  readonly contribution: number;
}

/**
 * Explains the predictions of a fitted or loaded model, or pipeline, by raw columns.
 *
 * Where the model has `attributions`, these are exact: baseline and contributions of a row add up to its score. Of other models
 * `kernelShap` finds them, in log-odds or predicted values, if there are `background` rows; without these a contribution is by how much
 * the log-odds, the amount or the risk score change when the value becomes unknown, which leaves out what columns do together. `method`
 * says which of these it is.
 *
 * ```ts
 * const { method, unit, rows } = explain(model, customers);
 * rows[0].contributions[0]; // { column: 'contacts', value: 4, contribution: 0.81 }
 * ```
 *
 * @throws what the model's `predict` throws; `invalid-data` for rows whose contributions are too large to add up, with a fault for each
 * that names its column; `invalid-parameter` for a model without attributions that cannot predict for unknown values.
 */
export function explain(
  model: ExplainedModel,
  x: Table,
  { probabilities, background }: ExplainOptions = {},
): Explanation {
  requireFitted(model);
  requireTable(x);
  const told = toldPredictions(model, x, probabilities);
  const { method, unit, outputs } = rowAttributions(model, x, background);
  const columns = model.features.map((name) => x.column(name));
  const faults: RowFault[] = [];
  const rows = told.map(({ output, ...prediction }, row): RowExplanation => {
    const { baseline, contributions } = outputs.length === 1 ? outputs[0] : outputs[output];
    const total = contributions.reduce((sum, column) => sum + Math.abs(column[row]), 0);
    if (!Number.isFinite(baseline + total)) {
      const amiss = model.features.filter((_, j) => !Number.isFinite(contributions[j][row]));
      faults.push(inexplicable(x, amiss.length > 0 ? amiss : model.features, row));
    }
    const added = model.features.map((column, j) => ({
      column,
      value: valueAt(columns[j], row),
      contribution: contributions[j][row],
    }));
    added.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    return { ...prediction, baseline, contributions: added };
  });
  if (faults.length > 0) throw rowFaultError(faults);
  return { method, unit, rows };
}

/** What is told of each row, and by which output of the model. */
function toldPredictions(
  model: ExplainedModel,
  x: Table,
  known: readonly Float64Array[] | undefined,
): { readonly output: number; readonly label?: ClassLabel; readonly prediction: number }[] {
  if (model.role !== 'classifier') {
    return Array.from(model.predict(x), (prediction) => ({ output: 0, prediction }));
  }
  const probabilities = known ?? model.predictProba(x);
  const codes = model.classes.length === 2 ? new Int32Array(x.nRows).fill(1) : likeliestCodes(probabilities);
  return Array.from(codes, (code, row) => ({
    output: code,
    label: model.classes[code],
    prediction: probabilities[code][row],
  }));
}

/** @param among the columns that may be at fault. */
function inexplicable(x: Table, among: readonly string[], row: number): RowFault {
  const { column, shown } = extremeColumn(x, among, row);
  return { row, column, detail: `expected values whose effect can be computed, got ${shown}` };
}

function valueAt(column: Column, row: number): Cell {
  const value = cellAt(column, row);
  return Number.isNaN(value) ? null : value;
}
