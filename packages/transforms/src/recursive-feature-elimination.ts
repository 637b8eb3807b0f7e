import {
  modelParameter,
  numberParameter,
  type OptionsOf,
  required,
  requireParameter,
  type TargetLike,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { candidates, type FeatureSelectionState, selecting, selection } from './feature-selection.js';
import { importancesOf } from './importances-of.js';
import { type FittedBy, supervisedTransformer } from './transformer.js';

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
export class RecursiveFeatureElimination extends supervisedTransformer({
  type: 'RecursiveFeatureElimination',
  parameters,
  check(settings) {
    for (const name of ['nFeatures', 'step'] as const) {
      const isRight = settings[name] < 1 || Number.isInteger(settings[name]);
      requireParameter(isRight, name, 'a whole number or a share below 1', settings[name]);
    }
  },
  learn(x, { model, columns, nFeatures, step }, y: TargetLike): FeatureSelectionState {
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
    return selection(names, scores, (j) => scores[j] === 1);
  },
  ...selecting,
}) {}

/** What a `RecursiveFeatureElimination` has found. */
export type FittedRecursiveFeatureElimination = FittedBy<typeof RecursiveFeatureElimination>;

/** A whole number as it is, or a share of `n`, at least 1. */
function countOf(given: number, n: number): number {
  return given >= 1 ? given : Math.max(1, Math.floor(given * n));
}
