import {
  eitherOf,
  integerParameter,
  mean,
  modelParameter,
  numberParameter,
  type OptionsOf,
  oneOf,
  required,
  type TargetLike,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { candidates, type FeatureSelectionState, selecting, selection } from './feature-selection.js';
import { importancesOf } from './importances-of.js';
import { median } from './statistics/median.js';
import { type FittedBy, supervisedTransformer } from './transformer.js';

const parameters = {
  /** The model whose feature importances decide. */
  model: required(modelParameter()),
  /** The columns to consider; default all numeric columns. */
  columns: columnNames(),
  /** The importance from which a column is kept: a number, or `'mean'` (default) or `'median'` of all. */
  threshold: withDefault(eitherOf(numberParameter(), oneOf(['mean', 'median'])), 'mean'),
  /** The maximum number of columns to keep: the most important of those above the threshold. */
  maxFeatures: integerParameter({ from: 1 }),
};

export type SelectFromModelOptions = OptionsOf<typeof parameters>;

/**
 * Keeps the numeric columns that are important to a model, and drops the others considered.
 *
 * ```ts
 * new SelectFromModel({ model: new RandomForestClassifier(), threshold: 'median' }).fitTransform(train, churned);
 * ```
 */
export class SelectFromModel extends supervisedTransformer({
  type: 'SelectFromModel',
  parameters,
  learn(x, { model, columns, threshold, maxFeatures = Infinity }, y: TargetLike): FeatureSelectionState {
    const names = candidates(x, columns);
    const importances = importancesOf(model, x.select(names), y);
    const least = typeof threshold === 'number' ? threshold : { mean, median }[threshold](importances);
    const order = names.map((_, j) => j).sort((a, b) => importances[b] - importances[a] || a - b);
    const best = new Set(order.filter((j) => importances[j] >= least).slice(0, maxFeatures));
    return selection(names, importances, (j) => best.has(j));
  },
  ...selecting,
}) {}

/** A fitted `SelectFromModel`. */
export type FittedSelectFromModel = FittedBy<typeof SelectFromModel>;
