import {
  ChurnError,
  type Classifier,
  type FittedClassifier,
  type FittedRegressor,
  inRawRows,
  Labels,
  type Regressor,
  type Restorable,
  restorePart,
  type StateReader,
  type Table,
} from '@churn/core';

/** A fitted model of outcomes. */
export type FittedLearner = FittedClassifier | FittedRegressor;

/** What a model of outcomes learns from. */
export interface OutcomeRows {
  readonly x: Table;
  readonly outcomes: Float64Array;
  readonly weights: Float64Array | undefined;
}

/**
 * Fits a model of outcomes on some rows, or on all.
 *
 * @param who whose rows they are, for messages.
 * @throws `invalid-target` if a classifier is to learn other outcomes than 0 and 1, or one of these alone; and the errors of the model,
 * told by the rows of `x`.
 */
export function fitLearner(
  learner: Classifier | Regressor,
  { x, outcomes, weights }: OutcomeRows,
  who: string,
  rows?: Int32Array,
): FittedLearner {
  const table = rows ? x.take(rows) : x;
  const target = rows ? Float64Array.from(rows, (row) => outcomes[row]) : outcomes;
  const sampleWeight = rows && weights ? Float64Array.from(rows, (row) => weights[row]) : weights;
  const options = sampleWeight && { sampleWeight };
  try {
    if (learner.role === 'regressor') return learner.fit(table, target, options);
    return learner.fit(table, binaryLabels(target, who, rows), options);
  } catch (error) {
    throw inRawRows(error, { x, rows, steps: [] });
  }
}

function binaryLabels(outcomes: Float64Array, who: string, rows?: Int32Array): Labels {
  const place = outcomes.findIndex((outcome) => outcome !== 0 && outcome !== 1);
  if (place >= 0) {
    throw new ChurnError(
      'invalid-target',
      `row ${rows?.[place] ?? place}: expected an outcome of 0 or 1, or labels, for a classifier, got ${outcomes[place]}; use a regressor`,
    );
  }
  if (outcomes.every((outcome) => outcome === outcomes[0])) {
    throw new ChurnError(
      'invalid-target',
      `${who}: expected outcomes of two classes, got ${outcomes[0] ?? 'none'} alone`,
    );
  }
  return Labels.from(outcomes, [0, 1]);
}

/** The outcome that a model expects of each row: an amount, or the probability of the second class. */
export function expectedOutcomes(model: FittedLearner, x: Table): Float64Array {
  return model.role === 'classifier' ? model.predictProba(x)[1] : model.predict(x);
}

/** @throws `model-file` if the field holds no such model. */
export function restoreLearner(
  state: StateReader,
  key: string,
  classes: readonly Restorable[],
): FittedLearner {
  const model = restorePart(state.child(key), classes, 'classifier', 'regressor');
  const isOfOutcomes =
    model.role === 'regressor' ||
    (model.classes.length === 2 && model.classes[0] === 0 && model.classes[1] === 1);
  state.expect(isOfOutcomes, key, 'a regressor, or a classifier of the classes 0 and 1');
  return model;
}

/**
 * Checks that two models inside look at the same columns.
 * @throws `model-file` if they do not.
 */
export function requireSameColumns(state: StateReader, key: string, models: readonly FittedLearner[]): void {
  const [first, second] = models.map(({ features, schema }) => JSON.stringify({ features, schema }));
  state.expect(first === second, key, 'a model of the same columns as the other');
}
