import {
  classLabels,
  type FitOptions,
  type FittedClassifier,
  type FittedModel,
  type FittedSurvivalModel,
  type LabelsLike,
  MODEL_ROLES,
  type Model,
  requireSpecification,
  type Table,
  type Target,
  type TargetLike,
  targetFor,
} from '@churn/core';

/** A model of any target, or a pipeline that ends in one, to be fitted. */
export interface AnyModel extends Pick<Model, 'role' | 'forOrder'> {
  fit(x: Table, y: never, options?: FitOptions): FittedModel;
}

/** What fitting such a specification gives. */
export type FittedBy<M> = M extends { fit(x: Table, y: never, options?: FitOptions): infer F } ? F : never;

/**
 * The target that a model learns from.
 *
 * @throws `invalid-parameter` if the model is none that can be fitted; `invalid-target` if `y` is not what it predicts, or has fewer than
 * two classes.
 */
export function targetOf(model: AnyModel, y: TargetLike): Target {
  requireSpecification(model, 'model', MODEL_ROLES);
  if (model.role === 'classifier') return classLabels(y as LabelsLike);
  return targetFor<Target>(model.role, y);
}

/** The cheapest specification that puts rows of two classes in the same order as `model`. */
export function forOrder(model: AnyModel): AnyModel {
  return (model.forOrder?.() as AnyModel | undefined) ?? model;
}

/**
 * What a fitted model predicts: one array per class of the target, in its order, with one number per row; or
 * one array of predicted values or risk scores, followed by one of survival at each of `times`.
 */
export function predictionsOf(
  model: FittedModel,
  x: Table,
  y: Target,
  times: readonly number[] = [],
): Float64Array[] {
  if (y.kind === 'durations' && times.length > 0) {
    const survival = (model as FittedModel as FittedSurvivalModel).predictSurvival(x, times);
    return [Float64Array.from(model.predict(x) as ArrayLike<number>), ...survival];
  }
  if (y.kind !== 'classes') return [Float64Array.from(model.predict(x) as ArrayLike<number>)];
  const classifier = model as FittedModel as FittedClassifier;
  const predicted = classifier.predictProba(x);
  return y.classes.map((label) => {
    const column = classifier.classes.indexOf(label);
    return column < 0 ? new Float64Array(x.nRows) : predicted[column];
  });
}
