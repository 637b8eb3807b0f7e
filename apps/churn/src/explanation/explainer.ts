import {
  type FittedClassifier,
  type FittedModel,
  type FittedPipeline,
  type FittedRegressor,
  type FittedSurvivalModel,
  seenValues,
  type Table,
} from '@churn/core';
import { explain } from '@churn/explain';
import {
  type Explained,
  type Explanation,
  type Reason,
  type RiskExplanation,
  type RowExplanation,
  reasonText,
  type ValueExplanation,
} from './explain-row.js';

/**
 * Explains the rows of a table; predictions are passed if they are known.
 *
 * @throws `invalid-data` for rows whose contributions overflow, with a fault per row that names its column.
 */
export type Explainer = (x: Table, probabilities?: readonly Float64Array[]) => Explanation[];

/**
 * Creates an explainer of a pipeline's predictions in terms of its raw columns, with reasons in words.
 *
 * @param top the maximum number of reasons per row; by default all.
 */
export function createExplainer(model: FittedPipeline<FittedClassifier>, top?: number): Explainer {
  const reasonsOf = reasonTeller(model, 'probability', top);
  return (x, probabilities) => {
    const { unit, rows } = explain(model, x, { probabilities });
    return rows.map(({ label, prediction, baseline, contributions }) => ({
      label: String(label),
      probability: prediction,
      unit,
      baseline,
      reasons: reasonsOf(contributions),
    }));
  };
}

/** The counterpart of `createExplainer` for regression. */
export function createValueExplainer(
  model: FittedPipeline<FittedRegressor>,
  top?: number,
): (x: Table) => ValueExplanation[] {
  const reasonsOf = reasonTeller(model, 'value', top);
  return (x) => {
    const { unit, rows } = explain(model, x);
    return rows.map(({ prediction, baseline, contributions }) => ({
      prediction,
      unit,
      baseline,
      reasons: reasonsOf(contributions),
    }));
  };
}

/**
 * The counterpart of `createExplainer` for survival: why the event is expected sooner or later, regardless of the time already observed.
 */
function createRiskExplainer(
  model: FittedPipeline<FittedSurvivalModel>,
  top?: number,
): (x: Table) => RiskExplanation[] {
  const reasonsOf = reasonTeller(model, 'risk', top);
  const columns = model.schema.map(({ name }) => name);
  return (x) => {
    const { unit, rows } = explain(model, x.select(columns));
    return rows.map(({ prediction: risk, baseline, contributions }) => ({
      risk,
      unit,
      baseline,
      reasons: reasonsOf(contributions),
    }));
  };
}

/** Explains the rows of a table, for any task; predictions are passed if they are known. */
export type AnyExplainer = (x: Table, predictions?: readonly Float64Array[]) => RowExplanation[];

/** The explainer of a model, by its task. @param top as for `createExplainer`. */
export function explainerOf(model: FittedPipeline<FittedModel>, top?: number): AnyExplainer {
  if (model.role === 'regressor') return createValueExplainer(model as FittedPipeline<FittedRegressor>, top);
  if (model.role === 'survival') {
    return createRiskExplainer(model as FittedPipeline<FittedSurvivalModel>, top);
  }
  return createExplainer(model as FittedPipeline<FittedClassifier>, top);
}

/** Returns a function that describes the contributions of a row's columns. */
function reasonTeller(model: FittedPipeline<FittedModel>, to: Explained, top?: number) {
  const averages = averagesOf(model);
  const seen = seenValues(model);
  return (contributions: readonly Omit<Reason, 'text'>[]): Reason[] => {
    const total = contributions.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
    return contributions.slice(0, top).map(({ column, value, contribution }) => {
      const known = { average: averages.get(column), seen: seen.get(column) };
      const text = reasonText(column, value, { contribution, to, total, ...known });
      return { column, value, contribution, text };
    });
  };
}

/** The means of numeric columns in training, if known. */
function averagesOf({ summary }: FittedPipeline<FittedModel>): Map<string, number> {
  const averages = new Map<string, number>();
  for (const column of summary?.columns ?? []) {
    if (column.kind === 'numeric' && column.mean !== null) averages.set(column.name, column.mean);
  }
  return averages;
}
