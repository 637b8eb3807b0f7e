import {
  eitherOf,
  fitThenTransform,
  modelParameter,
  numberParameter,
  type OptionsOf,
  oneOf,
  readOptions,
  required,
  type SettingsOf,
  type StateReader,
  type Table,
  type TargetLike,
  type Transformer,
  wholeNumberParameter,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { candidates, FittedFeatureSelection, restoreSelection, selection } from './feature-selection.js';
import { importancesOf } from './importances-of.js';

const parameters = {
  /** The model that is asked for the importances of its features; it needs to have them. */
  model: required(modelParameter()),
  /** The columns to look at; without it all numeric ones. */
  columns: columnNames(),
  /** From which importance on a column stays: a number, or `'mean'` (default) or `'median'` of all. */
  threshold: withDefault(eitherOf(numberParameter(), oneOf(['mean', 'median'])), 'mean'),
  /** The most columns that stay: of those above the threshold the most important. */
  maxFeatures: wholeNumberParameter({ from: 1 }),
};

export type SelectFromModelOptions = OptionsOf<typeof parameters>;

/**
 * Keeps the numeric columns that a model finds important, and drops the others it looked at.
 *
 * ```ts
 * new SelectFromModel({ model: new RandomForestClassifier(), threshold: 'median' }).fitTransform(train, churned);
 * ```
 */
export class SelectFromModel implements Transformer<FittedFeatureSelection> {
  readonly role = 'transformer';
  static readonly type = 'SelectFromModel';
  static readonly parameters = parameters;
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the option. */
  constructor(options: SelectFromModelOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedFeatureSelection {
    return restoreSelection(SelectFromModel.type, state);
  }

  /**
   * @throws `invalid-parameter` where the model has no importances; `column-name` or `column-kind` where a column is not there as
   *   numbers; `invalid-data` where there are no columns; and what the model throws.
   */
  fit(x: Table, y: TargetLike): FittedFeatureSelection {
    const { model, columns, threshold, maxFeatures = Infinity } = this.options;
    const names = candidates(x, columns);
    const importances = importancesOf(model, x.select(names), y);
    const least = typeof threshold === 'number' ? threshold : { mean, median }[threshold](importances);
    const order = names.map((_, j) => j).sort((a, b) => importances[b] - importances[a] || a - b);
    const best = new Set(order.filter((j) => importances[j] >= least).slice(0, maxFeatures));
    return new FittedFeatureSelection(
      SelectFromModel.type,
      selection(names, importances, (j) => best.has(j)),
    );
  }

  fitTransform(x: Table, y: TargetLike) {
    return fitThenTransform(this, x, y);
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
