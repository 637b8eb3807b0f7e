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
  /** The result of the model's `predictProba` for the rows, if already computed: one array per class. */
  readonly probabilities?: readonly Float64Array[];
  /** Some 20 to 100 training rows, for Kernel SHAP values of a model without `attributions`. */
  readonly background?: Table;
}

/** Explains the prediction of each row. */
export interface Explanation {
  readonly method: ExplanationMethod;
  /** The unit of baselines and contributions. */
  readonly unit: Attributions['unit'];
  readonly rows: readonly RowExplanation[];
}

export interface RowExplanation {
  /**
   * The class that is explained: the second of two, or the most likely of more; absent for a regressor or a survival model.
   */
  readonly label?: ClassLabel;
  /** The probability of that class, the predicted value, or the risk score of a survival model. */
  readonly prediction: number;
  /** The output of the model without any contributions, in `unit`. */
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
 * If the model has `attributions`, these are exact: the baseline and contributions of a row add up to its score. For other models,
 * `kernelShap` computes them with `background` rows, in log-odds or predicted values. Without background rows, a contribution is the change
 * in the log-odds, the predicted value or the risk score when the value becomes unknown, which ignores interactions of columns. `method`
 * says which of these was used.
 *
 * ```ts
 * const { method, unit, rows } = explain(model, customers);
 * rows[0]?.contributions[0]; // { column: 'contacts', value: 4, contribution: 0.81 }
 * ```
 *
 * @throws the errors of the model's `predict`; `invalid-data` for rows whose contributions overflow, with a fault for each that names its
 * column; `invalid-parameter` for a model without attributions that cannot predict for missing values.
 */
export function explain(
  model: ExplainedModel,
  x: Table,
  { probabilities, background }: ExplainOptions = {},
): Explanation {
  requireFitted(model);
  requireTable(x);
  const explained = explainedPredictions(model, x, probabilities);
  const { method, unit, outputs } = rowAttributions(model, x, background);
  const columns = model.features.map((name) => x.column(name));
  const faults: RowFault[] = [];
  const rows = explained.map(({ output, ...prediction }, row): RowExplanation => {
    const { baseline, contributions } = outputs.length === 1 ? outputs[0] : outputs[output];
    const total = contributions.reduce((sum, column) => sum + Math.abs(column[row]), 0);
    if (!Number.isFinite(baseline + total)) {
      const culprits = model.features.filter((_, j) => !Number.isFinite(contributions[j][row]));
      faults.push(inexplicable(x, culprits.length > 0 ? culprits : model.features, row));
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

/** The explained prediction of each row, and the output of the model that it belongs to. */
function explainedPredictions(
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

/** @param among the columns that may have caused the overflow. */
function inexplicable(x: Table, among: readonly string[], row: number): RowFault {
  const { column, shown } = extremeColumn(x, among, row);
  return { row, column, detail: `expected values whose effect can be computed, got ${shown}` };
}

function valueAt(column: Column, row: number): Cell {
  const value = cellAt(column, row);
  return Number.isNaN(value) ? null : value;
}
