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

/** A fitted outcome model. */
export type FittedLearner = FittedClassifier | FittedRegressor;

/** The rows on which an outcome model is fitted. */
export interface OutcomeRows {
  readonly x: Table;
  readonly outcomes: Float64Array;
  readonly weights: Float64Array | undefined;
}

/**
 * Fits an outcome model on all rows, or on some.
 *
 * @param who the name of the rows, for messages.
 * @throws `invalid-target` if a classifier gets outcomes other than 0 and 1, or only one of these; and the errors of the model, with row
 * numbers of `x`.
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
  const index = outcomes.findIndex((outcome) => outcome !== 0 && outcome !== 1);
  if (index >= 0) {
    throw new ChurnError(
      'invalid-target',
      `row ${rows?.[index] ?? index}: expected an outcome of 0 or 1, or labels, for a classifier, got ${outcomes[index]}; use a regressor`,
    );
  }
  if (outcomes.every((outcome) => outcome === outcomes[0])) {
    throw new ChurnError(
      'invalid-target',
      `${who}: expected outcomes of two classes, got only ${outcomes[0] ?? 'none'}`,
    );
  }
  return Labels.from(outcomes, [0, 1]);
}

/** The expected outcome of each row: the predicted value, or the probability of the second class. */
export function expectedOutcomes(model: FittedLearner, x: Table): Float64Array {
  return model.role === 'classifier' ? model.predictProba(x)[1] : model.predict(x);
}

/** @throws `model-file` if the field is not an outcome model. */
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
 * Requires that two inner models have the same columns.
 * @throws `model-file` if they do not.
 */
export function requireSameColumns(state: StateReader, key: string, models: readonly FittedLearner[]): void {
  const [first, second] = models.map(({ features, schema }) => JSON.stringify({ features, schema }));
  state.expect(first === second, key, 'a model with the same columns as the other');
}
