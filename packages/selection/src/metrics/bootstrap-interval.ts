import {
  booleanParameter,
  ChurnError,
  integerParameter,
  Labels,
  type LabelsLike,
  type OptionsOf,
  parameter,
  Random,
  readOptions,
  requireParameter,
  type StreamKey,
  sampleWeights,
  type Target,
  type TargetLike,
  type TargetValues,
  withDefault,
} from '@churn/core';
import { isFunction } from '../function-parameter.js';
import { numericTarget, strataOf } from '../splitters/strata.js';
import { type MetricOptions, metricParameters, type RegressionMetric } from './metric.js';
import {
  isOneNumberPerRow,
  type Predictions,
  predictionTaker,
  requirePredictions,
  takeNumbers,
} from './predictions.js';
import { scoreOrder } from './score-order.js';

const parameters = {
  ...metricParameters,
  /** The number of bootstrap resamples, at least 1. Default 1000. */
  nResamples: withDefault(integerParameter({ from: 1 }), 1000),
  /** The share of resamples inside the interval, between 0 and 1. Default 0.95. */
  confidenceLevel: withDefault(parameter('a number between 0 and 1', isBetween), 0.95),
  /**
   * Whether each resample has as many rows of each class, or of each tenth of the target values, as the data.
   * Default false.
   */
  stratified: withDefault(booleanParameter(), false),
  /** The random seed. Default 0. */
  seed: withDefault(parameter<StreamKey>('a number or text', isStreamKey), 0),
};

export type BootstrapOptions = OptionsOf<typeof parameters>;

function isBetween(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1;
}

function isStreamKey(value: unknown): value is StreamKey {
  return Number.isFinite(value) || typeof value === 'string';
}

export interface BootstrapInterval {
  /** The metric on the given rows. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The metric of each resample, ascending. */
  readonly distribution: Float64Array;
}

const MAX_DRAWS = 1000;

/**
 * A bootstrap confidence interval of any metric: rows are resampled with replacement, and the interval is between percentiles of the
 * metric over the resamples (Efron, 1979).
 *
 * ```ts
 * bootstrapInterval(rocAuc, y, scores, { seed: 42 }); // { estimate: 0.93, low: 0.91, high: 0.95, … }
 * bootstrapInterval((y, p, options) => fBeta(y, p, { ...options, beta: 2 }), y, predicted);
 * ```
 * A resample that lacks a class of the data is drawn again. Numeric targets are given as `TargetValues`.
 *
 * @param metric is called with labels of all classes or with target values, the predictions for the same rows, and their weights if there
 * are any.
 * @param predictions the input of the metric: labels, one number per row, or one array of numbers per class.
 * @throws `invalid-parameter` if an option is invalid; `invalid-data` if the predictions or weights differ in length from the labels,
 * there are none, or the metric of a resample is `NaN`; `invalid-target` if a class is so rare that unstratified resamples hardly ever
 * contain it; and the errors of the metric.
 */
export function bootstrapInterval<P extends Predictions>(
  metric: (yTrue: Labels, predictions: P, options?: MetricOptions) => number,
  yTrue: LabelsLike,
  predictions: P,
  options?: BootstrapOptions,
): BootstrapInterval;
export function bootstrapInterval(
  metric: RegressionMetric,
  yTrue: TargetValues,
  predictions: ArrayLike<number>,
  options?: BootstrapOptions,
): BootstrapInterval;
export function bootstrapInterval<P extends Predictions>(
  metric: AnyMetric,
  yTrue: TargetLike,
  predictions: P,
  options?: BootstrapOptions,
): BootstrapInterval {
  const [interval] = intervals([['metric', metric]], yTrue, predictions, options);
  return interval;
}

/**
 * Bootstrap confidence intervals of several metrics on the same resamples: those of `bootstrapInterval` for each, sooner.
 *
 * ```ts
 * bootstrapIntervals({ r2, meanAbsoluteError }, y, predicted, { seed: 42 }).r2; // { estimate: 0.81, low: 0.79, high: 0.83, … }
 * ```
 *
 * @param metrics by name, each as in `bootstrapInterval`.
 * @throws `invalid-parameter` if there are no metrics; and as `bootstrapInterval`.
 */
export function bootstrapIntervals<K extends string, P extends Predictions>(
  metrics: Readonly<Record<K, (yTrue: Labels, predictions: P, options?: MetricOptions) => number>>,
  yTrue: LabelsLike,
  predictions: P,
  options?: BootstrapOptions,
): Record<K, BootstrapInterval>;
export function bootstrapIntervals<K extends string>(
  metrics: Readonly<Record<K, RegressionMetric>>,
  yTrue: TargetValues,
  predictions: ArrayLike<number>,
  options?: BootstrapOptions,
): Record<K, BootstrapInterval>;
export function bootstrapIntervals<K extends string, P extends Predictions>(
  metrics: Readonly<Record<K, AnyMetric>>,
  yTrue: TargetLike,
  predictions: P,
  options?: BootstrapOptions,
): Record<K, BootstrapInterval> {
  const areNamed = typeof metrics === 'object' && metrics !== null && Object.keys(metrics).length > 0;
  requireParameter(areNamed, 'metrics', 'one or more metrics by name', metrics);
  const named = Object.entries<AnyMetric>(metrics);
  const all = intervals(named, yTrue, predictions, options);
  return Object.fromEntries(named.map(([name], i) => [name, all[i]])) as Record<K, BootstrapInterval>;
}

type AnyMetric = (yTrue: never, predictions: never, options?: MetricOptions) => number;

/** The interval of each metric. */
function intervals(
  metrics: readonly (readonly [name: string, metric: AnyMetric])[],
  yTrue: TargetLike,
  predictions: Predictions,
  options: BootstrapOptions | undefined,
): BootstrapInterval[] {
  const { nResamples, confidenceLevel, stratified, seed, sampleWeight } = readOptions(parameters, options);
  for (const [name, metric] of metrics) requireParameter(isFunction(metric), name, 'a function', metric);
  requirePredictions(predictions);
  const target: Target = numericTarget(yTrue) ?? Labels.from(yTrue as LabelsLike);
  const n = target.length;
  if (n === 0) throw new ChurnError('invalid-data', 'there are no rows to draw from');
  const weights = sampleWeights({ sampleWeight }, n);
  const take = predictionTaker(predictions, n);
  const scores = (rows: Int32Array) => {
    const drawn = weights && takeNumbers(weights, rows);
    const [y, predicted] = [target.take(rows) as never, take(rows) as never];
    return metrics.map(([, metric]) => metric(y, predicted, drawn && { sampleWeight: drawn }));
  };

  const random = new Random(seed).stream('bootstrapInterval');
  const classes = stratified || target.kind === 'classes' ? strataOf(target) : undefined;
  const draw = classes && stratified ? stratifiedDraw(classes, random) : plainDraw(n, classes, random);
  const distributions = metrics.map(() => new Float64Array(nResamples));
  const isOrdered = target.kind === 'classes' && isOneNumberPerRow(predictions);
  const inOrder = isOrdered ? byScore(Float64Array.from(predictions)) : undefined;
  for (let i = 0; i < nResamples; i++) {
    const rows = draw();
    scores(inOrder?.(rows) ?? rows).forEach((score, k) => {
      if (Number.isNaN(score)) {
        throw new ChurnError('invalid-data', `the metric of resample ${i} is not a number`);
      }
      distributions[k][i] = score;
    });
  }
  const estimates = scores(Int32Array.from({ length: n }, (_, row) => row));
  const tail = (1 - confidenceLevel) / 2;
  return distributions.map((distribution, k) => {
    distribution.sort();
    return {
      estimate: estimates[k],
      low: quantile(distribution, tail),
      high: quantile(distribution, 1 - tail),
      distribution,
    };
  });
}

function plainDraw(n: number, labels: Labels | undefined, random: Random): () => Int32Array {
  if (!labels) return () => Int32Array.from({ length: n }, () => random.int(n));
  const nPresent = labels.counts().filter((count) => count > 0).length;
  const rows = new Int32Array(n);
  const seenIn = new Int32Array(labels.classes.length);
  let attempt = 0;
  return () => {
    for (let tries = 0; tries < MAX_DRAWS; tries++) {
      attempt++;
      let seen = 0;
      for (let i = 0; i < n; i++) {
        const row = random.int(n);
        rows[i] = row;
        const code = labels.codes[row];
        if (seenIn[code] !== attempt) seen++;
        seenIn[code] = attempt;
      }
      if (seen === nPresent) return rows;
    }
    throw new ChurnError(
      'invalid-target',
      `${MAX_DRAWS} resamples in a row lack one of the ${nPresent} classes; draw with stratified: true`,
    );
  };
}

function stratifiedDraw(labels: Labels, random: Random): () => Int32Array {
  const { codes } = labels;
  const rowsOf: number[][] = labels.classes.map(() => []);
  codes.forEach((code, row) => {
    rowsOf[code].push(row);
  });
  const rows = new Int32Array(codes.length);
  return () => {
    for (let i = 0; i < rows.length; i++) {
      const ofClass = rowsOf[codes[i]];
      rows[i] = ofClass[random.int(ofClass.length)];
    }
    return rows;
  };
}

/**
 * Puts rows in the order of their scores: metrics that look at rows by score then need not sort each resample.
 */
function byScore(scores: Float64Array): (rows: Int32Array) => Int32Array {
  const order = scoreOrder(scores);
  const counts = new Int32Array(order.length);
  return (rows) => {
    counts.fill(0);
    for (const row of rows) counts[row]++;
    const sorted = new Int32Array(rows.length);
    let end = 0;
    for (const row of order) for (const from = end; end < from + counts[row]; end++) sorted[end] = row;
    return sorted;
  };
}

/** With linear interpolation (Hyndman and Fan, 1996, type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
}
