import {
  type Attributions,
  ChurnError,
  type Column,
  type FittedClassifier,
  isPipeline,
  Table,
  type TableSummary,
} from '@churn/core';
import { type ExplainedModel, modelScores } from './explained-model.js';
import { kernelShap } from './kernel-shap/kernel-shap.js';

/**
 * How contributions are computed: `'exact'`, by the model's attributions; `'kernel-shap'`, by `kernelShap` with background rows;
 * `'missing-value'`, by making a value missing; or `'typical-value'`, for a pipeline that does not support missing values, by replacing it
 * with the mean or the most frequent level of the training rows.
 */
export type ExplanationMethod = 'exact' | 'kernel-shap' | 'missing-value' | 'typical-value';

/** Attributions by the columns of a model, and the method that computed them. */
export type RowAttributions = Attributions & { readonly method: ExplanationMethod };

/** The units for models without attributions. */
const UNITS = { classifier: 'log-odds', regressor: 'amount', survival: 'risk' } as const;

/** @throws `invalid-parameter` for a model without attributions that cannot predict for missing values. */
export function rowAttributions(model: ExplainedModel, x: Table, background?: Table): RowAttributions {
  const exact = model.attributions?.(x);
  if (exact) return { ...exact, method: 'exact' };
  if (!background) return byUnknownValues(model, x);
  return { ...kernelShap(model, x, background, { scale: 'log-odds' }), method: 'kernel-shap' };
}

function byUnknownValues(model: ExplainedModel, x: Table): RowAttributions {
  const { method, columnOf, baselines } = unknownValues(model, x);
  const scores = modelScores(model, x);
  const without = model.features.map((name) => modelScores(model, x.with([[name, columnOf(name, x.nRows)]])));
  return {
    method,
    unit: UNITS[model.role],
    outputs: scores.map((score, k) => ({
      baseline: baselines[k],
      contributions: without.map((each) => score.map((value, row) => value - each[k][row])),
    })),
  };
}

interface UnknownValues {
  readonly method: ExplanationMethod;
  /** A column with that name in which every value is unknown. */
  readonly columnOf: (name: string, nRows: number) => Column;
  /** The scores of a row in which every value is unknown. */
  readonly baselines: readonly number[];
}

function unknownValues(model: ExplainedModel, x: Table): UnknownValues {
  const using = (method: ExplanationMethod, columnOf: UnknownValues['columnOf']) => {
    const row = Table.fromColumns(
      model.features.map((name) => [name, columnOf(name, 1)]),
      1,
    );
    return { method, columnOf, baselines: modelScores(model, row).map(([score]) => score) };
  };
  try {
    return using('missing-value', (name, nRows) => missingLike(x.column(name), nRows));
  } catch (error) {
    if (!ChurnError.is(error) || error.code !== 'invalid-data') throw error;
    const summary = isPipeline(model as FittedClassifier)
      ? (model as { readonly summary?: TableSummary }).summary
      : undefined;
    if (summary) return using('typical-value', (name, nRows) => typicalColumn(summary, name, nRows));
    throw new ChurnError(
      'invalid-parameter',
      `explain: ${model.type} has no attributions and cannot predict for missing values; fit it in a pipeline after an imputer`,
      { cause: error },
    );
  }
}

function missingLike(column: Column, nRows: number): Column {
  return column.kind === 'numeric'
    ? { kind: 'numeric', values: new Float64Array(nRows).fill(NaN) }
    : { kind: 'category', codes: new Int32Array(nRows).fill(-1), levels: column.levels };
}

/** The mean, or the most frequent level, of a column in the training rows. */
function typicalColumn({ columns }: TableSummary, name: string, nRows: number): Column {
  const summary = columns.find((column) => column.name === name);
  if (summary?.kind === 'category') {
    const [frequent] = summary.levels;
    return frequent
      ? { kind: 'category', codes: new Int32Array(nRows), levels: [frequent[0]] }
      : { kind: 'category', codes: new Int32Array(nRows).fill(-1), levels: [] };
  }
  return { kind: 'numeric', values: new Float64Array(nRows).fill(summary?.mean ?? NaN) };
}
