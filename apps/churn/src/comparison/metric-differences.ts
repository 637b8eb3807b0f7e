import { Labels } from '@churn/core';
import {
  accuracy,
  averagePrecision,
  bootstrapInterval,
  brierScore,
  logLoss,
  precisionRecallF1,
  rocAuc,
  type Scores,
  scorers,
} from '@churn/selection';
import { decisionOf } from '../model/decision.js';
import type { TestMetrics } from '../training/evaluate.js';
import { VALUE_METRICS } from '../training/evaluate-values.js';
import type { SharedRows } from './shared-rows.js';

type MetricName = Exclude<keyof TestMetrics, 'rocAucInterval'>;

/** A metric of two models, and its difference, b minus a. */
export interface MetricDifference {
  readonly metric: string;
  readonly a: number;
  readonly b: number;
  readonly difference: number;
  /** The 95% bootstrap interval of the difference; `null` if the metrics are on different rows. */
  readonly interval: readonly [low: number, high: number] | null;
  /** The better model, if the interval excludes 0. */
  readonly better: 'a' | 'b' | null;
}

/** The probabilities and the threshold of a model. */
interface Judged {
  readonly probabilities: readonly Float64Array[];
  readonly threshold: number | null;
  /** Its prediction for each row, if not determined by the threshold. */
  readonly called: Int32Array | undefined;
}

/** The maximum number of rows in all resamples together, so that a comparison takes seconds. */
const MAX_DRAWN = 8_000_000;
const RESAMPLES = 1000;
const MIN_RESAMPLES = 100;

/**
 * The metrics of two models on the same rows, with intervals of their differences by the paired bootstrap: both are evaluated on the same
 * resamples, so that rows that are hard for both do not widen the interval (Efron and Tibshirani, "An Introduction to the Bootstrap",
 * 1993).
 *
 * @param thresholds the threshold of each; `null` for the more probable class.
 */
export function metricDifferences(
  { labels, a, b, called }: SharedRows,
  thresholds: { readonly a: number | null; readonly b: number | null },
  seed: number,
): MetricDifference[] {
  const nResamples = Math.max(MIN_RESAMPLES, Math.min(RESAMPLES, Math.floor(MAX_DRAWN / labels.length)));
  // Stratified: simple resamples may lack a rare class.
  const options = { nResamples, seed, stratified: labels.classes.length > 2 };
  return Object.entries(METRICS).map(([metric, { of, score }]) => {
    const columnsA = of({ probabilities: a, threshold: thresholds.a, called: called?.a });
    const columnsB = of({ probabilities: b, threshold: thresholds.b, called: called?.b });
    const { estimate, low, high } = bootstrapInterval(
      (y: Labels, columns: readonly ArrayLike<number>[]) =>
        score(y, columns.slice(columnsA.length)) - score(y, columns.slice(0, columnsA.length)),
      labels,
      [...columnsA, ...columnsB],
      options,
    );
    return {
      metric,
      a: score(labels, columnsA),
      b: score(labels, columnsB),
      difference: estimate,
      interval: [low, high] as const,
      better: betterOf(metric as MetricName, low, high),
    };
  });
}

/** The differences of metrics on different rows, without intervals. */
export function unmatchedDifferences(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): MetricDifference[] {
  return [...Object.keys(METRICS), ...VALUE_METRICS]
    .filter((metric) => metric in a && metric in b)
    .map((metric) => ({
      metric,
      a: a[metric],
      b: b[metric],
      difference: b[metric] - a[metric],
      interval: null,
      better: null,
    }));
}

function betterOf(metric: MetricName, low: number, high: number): 'a' | 'b' | null {
  const { greaterIsBetter } = scorers[metric];
  if (low > 0) return greaterIsBetter ? 'b' : 'a';
  return high < 0 ? (greaterIsBetter ? 'a' : 'b') : null;
}

interface ComparedMetric {
  /** The inputs of the metric: columns with one number per row. */
  readonly of: (model: Judged) => readonly Float64Array[];
  readonly score: (y: Labels, columns: readonly ArrayLike<number>[]) => number;
}

/** The metrics, as computed by `evaluateModels`. */
const METRICS: Readonly<Record<MetricName, ComparedMetric>> = {
  rocAuc: ofRanking(rocAuc),
  logLoss: ofProbabilities(logLoss),
  averagePrecision: ofRanking(averagePrecision),
  brierScore: ofProbabilities(brierScore),
  accuracy: ofCalls(accuracy),
  precision: ofCalls((y, called) => precisionRecallF1(y, called, averageOf(y)).precision),
  recall: ofCalls((y, called) => precisionRecallF1(y, called, averageOf(y)).recall),
  f1: ofCalls((y, called) => precisionRecallF1(y, called, averageOf(y)).f1),
};

function ofRanking(metric: (y: Labels, scores: Scores) => number): ComparedMetric {
  return {
    of: ({ probabilities }) => (probabilities.length === 2 ? [probabilities[1]] : probabilities),
    score: (y, columns) => metric(y, columns.length === 1 ? columns[0] : columns),
  };
}

function ofProbabilities(metric: (y: Labels, scores: Scores) => number): ComparedMetric {
  return { of: ({ probabilities }) => probabilities, score: metric };
}

function ofCalls(metric: (y: Labels, called: Labels) => number): ComparedMetric {
  return {
    of: (model) => [Float64Array.from(callsOf(model))],
    score: (y, [codes]) => metric(y, Labels.from(y.classes, y.classes).take(Int32Array.from(codes))),
  };
}

function callsOf({ probabilities, threshold, called }: Judged): Int32Array {
  return called ?? decisionOf({ threshold: threshold ?? undefined })(probabilities);
}

function averageOf({ classes }: Labels): { readonly average: 'binary' | 'macro' } {
  return { average: classes.length === 2 ? 'binary' : 'macro' };
}
