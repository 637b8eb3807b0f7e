import {
  ChurnError,
  fitThenTransform,
  modelParameter,
  numberParameter,
  type OptionsOf,
  readOptions,
  required,
  type SettingsOf,
  type StateReader,
  type Table,
  type TargetLike,
  type Transformer,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { candidates, FittedFeatureSelection, restoreSelection, selection } from './feature-selection.js';
import { importancesOf } from './importances-of.js';

const parameters = {
  /** The model that is asked for the importances of its features, once a round; it needs to have them. */
  model: required(modelParameter()),
  /** The columns to look at; without it all numeric ones. */
  columns: columnNames(),
  /** How many columns stay: a whole number, or a share below 1. Default one half. */
  nFeatures: withDefault(numberParameter({ above: 0 }), 0.5),
  /** How many columns go in a round: a whole number, or a share of all below 1. Default 1. */
  step: withDefault(numberParameter({ above: 0 }), 1),
};

export type RecursiveFeatureEliminationOptions = OptionsOf<typeof parameters>;

/**
 * Fits a model, drops the column that it finds least important, and begins anew with the rest, until as many are left as asked for
 * (Guyon, Weston, Barnhill and Vapnik, "Gene selection for cancer classification using support vector machines", 2002;
 * scikit-learn's `RFE`). Of equally important columns the last goes first.
 *
 * The scores in the state are ranks: 1 of a column that stays, 2 of those that went last, and so on.
 *
 * ```ts
 * new RecursiveFeatureElimination({ model: new RandomForestClassifier(), nFeatures: 5 }).fitTransform(train, churned);
 * ```
 */
export class RecursiveFeatureElimination implements Transformer<FittedFeatureSelection> {
  readonly role = 'transformer';
  static readonly type = 'RecursiveFeatureElimination';
  static readonly parameters = parameters;
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the option. */
  constructor(options: RecursiveFeatureEliminationOptions) {
    this.options = readOptions(parameters, options);
    for (const name of ['nFeatures', 'step'] as const) {
      const value = this.options[name];
      if (value < 1 || Number.isInteger(value)) continue;
      throw new ChurnError(
        'invalid-parameter',
        `${name}: expected a whole number or a share below 1, got ${value}`,
      );
    }
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedFeatureSelection {
    return restoreSelection(RecursiveFeatureElimination.type, state);
  }

  /**
   * @throws `invalid-parameter` where the model has no importances; `column-name` or `column-kind` where a column is not there as
   *   numbers; `invalid-data` where there are no columns; and what the model throws.
   */
  fit(x: Table, y: TargetLike): FittedFeatureSelection {
    const { model, columns, nFeatures, step } = this.options;
    const names = candidates(x, columns);
    const wanted = countOf(nFeatures, names.length);
    const inRound = countOf(step, names.length);
    const rounds: (readonly string[])[] = [];
    let left = names;
    while (left.length > wanted) {
      const importances = importancesOf(model, x.select(left), y);
      const order = left.map((_, j) => j).sort((a, b) => importances[a] - importances[b] || b - a);
      const gone = new Set(order.slice(0, Math.min(inRound, left.length - wanted)));
      rounds.push(left.filter((_, j) => gone.has(j)));
      left = left.filter((_, j) => !gone.has(j));
    }
    const ranks = new Map(rounds.flatMap((gone, i) => gone.map((name) => [name, rounds.length - i + 1])));
    const scores = names.map((name) => ranks.get(name) ?? 1);
    return new FittedFeatureSelection(
      RecursiveFeatureElimination.type,
      selection(names, scores, (j) => scores[j] === 1),
    );
  }

  fitTransform(x: Table, y: TargetLike) {
    return fitThenTransform(this, x, y);
  }
}

/** A whole number as it is, or a share of `n`, at least 1. */
function countOf(given: number, n: number): number {
  return given >= 1 ? given : Math.max(1, Math.floor(given * n));
}
