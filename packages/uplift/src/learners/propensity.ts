import {
  type Classifier,
  classifierParameter,
  eitherOf,
  type FittedClassifier,
  inRawRows,
  type JsonObject,
  Labels,
  type Parameter,
  type Random,
  type Restorable,
  restorePart,
  type StateReader,
  savedPart,
  stratifiedFolds,
  type Table,
} from '@churn/core';
import { probabilityParameter } from '../confidence-level.js';
import type { Experiment } from '../experiment.js';

/** Estimated propensities are clipped this far from 0 and 1, so that no row counts more than a hundred times. */
const MIN_PROPENSITY = 0.01;

/**
 * The probability of the treatment: a number if it is known, or a classifier that estimates it; by default the share of treated rows.
 */
// @__NO_SIDE_EFFECTS__
export function propensityParameter(): Parameter<number | Classifier> {
  return {
    ...eitherOf(probabilityParameter(), classifierParameter()),
    expected: 'a number between 0 and 1, or an unfitted classifier',
  };
}

/** The propensity of all rows, or a classifier that predicts that of each. */
export type Propensity = number | FittedClassifier;

/** Fits the propensity; `undefined` stands for the share of treated rows. */
export function fitPropensity(
  propensity: number | Classifier | undefined,
  { x, treated, weights }: Omit<Experiment, 'outcomes'>,
  rows?: Int32Array,
): Propensity {
  if (typeof propensity === 'number') return propensity;
  if (propensity === undefined) return treatedShare(treated, weights);
  const codes = rows ? rows.map((row) => treated[row]) : treated;
  const sampleWeight = rows && weights ? Float64Array.from(rows, (row) => weights[row]) : weights;
  try {
    const labels = Labels.from(codes, [0, 1]);
    return propensity.fit(rows ? x.take(rows) : x, labels, sampleWeight && { sampleWeight });
  } catch (error) {
    throw inRawRows(error, { x, rows, steps: [] });
  }
}

/** The propensity of each row, clipped to between 0.01 and 0.99 if estimated. */
export function propensities(propensity: Propensity, x: Table): Float64Array {
  if (typeof propensity === 'number') return new Float64Array(x.nRows).fill(propensity);
  return propensity.predictProba(x)[1].map((p) => Math.min(Math.max(p, MIN_PROPENSITY), 1 - MIN_PROPENSITY));
}

/** The propensity of each row, estimated out of fold. */
export function crossFittedPropensities(
  propensity: number | Classifier | undefined,
  experiment: Omit<Experiment, 'outcomes'>,
  folds: Int32Array,
): Float64Array {
  const { x, treated } = experiment;
  if (propensity === undefined || typeof propensity === 'number') {
    return propensities(fitPropensity(propensity, experiment), x);
  }
  const found = new Float64Array(treated.length);
  for (const { inside, outside } of partsOf(folds)) {
    const fitted = fitPropensity(propensity, experiment, outside);
    propensities(fitted, x.take(inside)).forEach((p, i) => {
      found[inside[i]] = p;
    });
  }
  return found;
}

/** The rows in each fold, and those outside it. */
export function partsOf(folds: Int32Array): { readonly inside: Int32Array; readonly outside: Int32Array }[] {
  const rows = Int32Array.from(folds, (_, row) => row);
  const nFolds = Math.max(...new Set(folds)) + 1;
  return Array.from({ length: nFolds }, (_, fold) => ({
    inside: rows.filter((row) => folds[row] === fold),
    outside: rows.filter((row) => folds[row] !== fold),
  }));
}

/** A random fold for each row, stratified by arm and by response. */
export function armFolds(
  treated: Uint8Array,
  isResponse: (row: number) => boolean,
  cv: number,
  random: Random,
): Int32Array {
  const strata = Int32Array.from(treated, (arm, row) => 2 * arm + Number(isResponse(row)));
  return stratifiedFolds(Labels.from(strata, [0, 1, 2, 3]), cv, random);
}

function treatedShare(treated: Uint8Array, weights: Float64Array | undefined): number {
  let [sum, all] = [0, 0];
  for (let row = 0; row < treated.length; row++) {
    const weight = weights?.[row] ?? 1;
    sum += weight * treated[row];
    all += weight;
  }
  return sum / all;
}

/** A propensity as a field of the state. */
export function savedPropensity(propensity: Propensity): JsonObject {
  return { propensity: typeof propensity === 'number' ? propensity : savedPart(propensity) };
}

/** @throws `model-file` if the field is not a propensity. */
export function restorePropensity(state: StateReader, classes: readonly Restorable[]): Propensity {
  if (typeof state.get('propensity') === 'number') return state.number('propensity', { from: 0, to: 1 });
  const model = restorePart(state.child('propensity'), classes, 'classifier');
  const isOfArms = model.classes.length === 2 && model.classes[0] === 0 && model.classes[1] === 1;
  state.expect(isOfArms, 'propensity', 'a classifier of the classes 0 and 1');
  return model;
}
