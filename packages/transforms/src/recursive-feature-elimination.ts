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
  /** The model whose feature importances are read in each round. */
  model: required(modelParameter()),
  /** The columns to consider; default all numeric columns. */
  columns: columnNames(),
  /** The number of columns to keep: an integer, or a share below 1. Default one half. */
  nFeatures: withDefault(numberParameter({ above: 0 }), 0.5),
  /** The number of columns to remove per round: an integer, or a share of all below 1. Default 1. */
  step: withDefault(numberParameter({ above: 0 }), 1),
};

export type RecursiveFeatureEliminationOptions = OptionsOf<typeof parameters>;

/**
 * Repeatedly fits a model and removes the least important column, until the desired number is left (Guyon, Weston, Barnhill and Vapnik,
 * "Gene selection for cancer classification using support vector machines", 2002; scikit-learn's `RFE`). Of equally important columns,
 * the last is removed first.
 *
 * The scores in the state are ranks: 1 for kept columns, 2 for those removed last, and so on.
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
      requireParameter(isRight, name, 'an integer or a share below 1', settings[name]);
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

/** A fitted `RecursiveFeatureElimination`. */
export type FittedRecursiveFeatureElimination = FittedBy<typeof RecursiveFeatureElimination>;

/** An integer as it is, or a share of `n`, at least 1. */
function countOf(given: number, n: number): number {
  return given >= 1 ? given : Math.max(1, Math.floor(given * n));
}
