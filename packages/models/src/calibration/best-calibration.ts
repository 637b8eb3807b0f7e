import {
  ChurnError,
  classLabels,
  integerParameter,
  isList,
  type Labels,
  type LabelsLike,
  listOf,
  log,
  numberParameter,
  type OptionsOf,
  oneOf,
  parameter,
  Random,
  readOptions,
  requireParameter,
  sampleWeights,
  square,
  stratifiedFolds,
  withDefault,
} from '@churn/core';
import { partedBy } from '../class-folds.js';
import {
  CALIBRATION_METHODS,
  type CalibrationMethod,
  type Calibrator,
  calibratedProbabilities,
  fitCalibrators,
} from './calibration.js';
import { logOdds } from './log-odds.js';

const parameters = {
  /** The candidate methods. Default all. */
  methods: withDefault(listOf(oneOf(CALIBRATION_METHODS)), CALIBRATION_METHODS),
  /** The number of folds, at least 2; fewer if a class has fewer rows. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
  /** The weight of each row. Default 1 for each. */
  sampleWeight: parameter<ArrayLike<number>>('a list of weights, one per row', isList as never),
};

export type BestCalibrationOptions = OptionsOf<typeof parameters>;

/** A calibration of log-odds, for a `FittedCalibratedClassifier`. */
export interface Calibration {
  readonly method: CalibrationMethod;
  readonly calibrators: readonly Calibrator[];
  readonly scale: 'log-odds';
}

/**
 * The calibration method with the lowest cross-validated log loss; `undefined` if none lowers it. In the order of complexity, each method
 * must improve on the one chosen so far by more than the standard error of the difference over the rows, so that the simpler method is
 * kept in case of doubt.
 *
 * ```ts
 * const blend = new FittedVotingClassifier(members, weights);
 * const best = bestCalibration(outOfFoldProbabilities, y);
 * const model = best ? new FittedCalibratedClassifier(blend, best.calibrators, best.scale) : blend;
 * ```
 *
 * @param probabilities one array per class with the probability of each row, by models that were not fitted on it.
 * @throws `invalid-target` if there are fewer than two classes; `invalid-data` unless there is one array per class with one probability
 * per row.
 */
export function bestCalibration(
  probabilities: readonly ArrayLike<number>[],
  y: LabelsLike,
  options?: BestCalibrationOptions,
): Calibration | undefined {
  const { methods, cv, seed, sampleWeight } = readOptions(parameters, options);
  const labels = classLabels(y);
  const columns = checkedColumns(probabilities, labels);
  const weights = sampleWeights({ sampleWeight }, labels.length);
  const nFolds = Math.min(cv, ...labels.counts().filter((count) => count > 0));
  if (nFolds < 2) return undefined;
  const folds = stratifiedFolds(labels, nFolds, new Random(seed).stream('bestCalibration'));
  const scores = scoresOf(columns);
  let best: { readonly method?: CalibrationMethod; readonly losses: Float64Array } = {
    losses: losses(columns, labels.codes),
  };
  for (const method of CALIBRATION_METHODS) {
    if (!methods.includes(method)) continue;
    const calibrated = outOfFoldLosses(method, { scores, labels, weights }, folds, nFolds);
    const gains = calibrated.map((loss, row) => best.losses[row] - loss);
    const { mean, standardError } = meanOf(gains, weights);
    // An improvement within rounding does not count.
    if (mean > standardError && mean > 1e-9) best = { method, losses: calibrated };
  }
  const { method } = best;
  return (
    method && { method, calibrators: fitCalibrators(method, scores, labels, weights), scale: 'log-odds' }
  );
}

/**
 * Calibrates probabilities, as a `FittedCalibratedClassifier` does.
 *
 * @param probabilities one array per class with the probability of each row.
 */
export function calibrate(
  probabilities: readonly Float64Array[],
  { calibrators }: Pick<Calibration, 'calibrators'>,
): Float64Array[] {
  return calibratedProbabilities(calibrators, scoresOf(probabilities));
}

/** Log-odds: one array for two classes, otherwise one per class. */
export function scoresOf(probabilities: readonly Float64Array[]): Float64Array[] {
  return (probabilities.length === 2 ? probabilities.slice(1) : probabilities).map(logOdds);
}

interface ScoredLabels {
  readonly scores: readonly Float64Array[];
  readonly labels: Labels;
  readonly weights: Float64Array | undefined;
}

/** The log loss of each row under a calibration fitted without its fold. */
function outOfFoldLosses(
  method: CalibrationMethod,
  { scores, labels, weights }: ScoredLabels,
  folds: Int32Array,
  nFolds: number,
): Float64Array {
  const all = new Float64Array(labels.length);
  const taken = (values: Float64Array, places: Int32Array) => Float64Array.from(places, (row) => values[row]);
  for (let fold = 0; fold < nFolds; fold++) {
    const { inside, outside } = partedBy(folds, fold);
    const own = weights && taken(weights, outside);
    // Rows of weight 0 cannot be fitted.
    if (own?.every((weight) => weight === 0)) return all.fill(Infinity);
    const calibrators = fitCalibrators(
      method,
      scores.map((score) => taken(score, outside)),
      labels.take(outside),
      own,
    );
    const columns = calibratedProbabilities(
      calibrators,
      scores.map((score) => taken(score, inside)),
    );
    const { codes } = labels.take(inside);
    losses(columns, codes).forEach((loss, i) => {
      all[inside[i]] = loss;
    });
  }
  return all;
}

function losses(columns: readonly Float64Array[], codes: Int32Array): Float64Array {
  return Float64Array.from(codes, (code, row) => {
    const p = columns[code][row];
    return -log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  });
}

/** The weighted mean, and its standard error. */
function meanOf(values: Float64Array, weights: Float64Array | undefined) {
  let [sum, total] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? weights[row] : 1;
    sum += weight * values[row];
    total += weight;
  }
  const mean = sum / total;
  let spread = 0;
  for (let row = 0; row < values.length; row++) {
    spread += square((weights ? weights[row] : 1) * (values[row] - mean));
  }
  return { mean, standardError: Math.sqrt(spread) / total };
}

function checkedColumns(
  probabilities: readonly ArrayLike<number>[],
  { classes, length }: Labels,
): Float64Array[] {
  const isOneEach =
    Array.isArray(probabilities) && probabilities.length === classes.length && probabilities.every(isList);
  requireParameter(
    isOneEach,
    'probabilities',
    `an array for each of ${classes.length} classes`,
    probabilities,
  );
  return probabilities.map((values, k) => {
    const column = Float64Array.from(values);
    if (column.length !== length) {
      throw new ChurnError(
        'invalid-data',
        `probabilities[${k}]: expected one for each of ${length} rows, got ${column.length}`,
      );
    }
    const row = column.findIndex((p) => !(p >= 0 && p <= 1));
    if (row < 0) return column;
    throw new ChurnError(
      'invalid-data',
      `probabilities[${k}], row ${row}: expected a number from 0 to 1, got ${column[row]}`,
    );
  });
}
