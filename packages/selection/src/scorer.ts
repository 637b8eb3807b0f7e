import {
  booleanParameter,
  ChurnError,
  type Durations,
  Labels,
  type LabelsLike,
  likeliestCodes,
  type OptionsOf,
  readOptions,
  required,
  requireParameter,
  type Target,
  type TargetValues,
  textParameter,
  withDefault,
} from '@churn/core';
import type { DurationMetric, Metric, MetricOptions, RegressionMetric, Scores } from './metrics/metric.js';

/**
 * What a scorer reads of predictions: for classes the ranking by probability, the probabilities, or the most likely class of each row;
 * for regression the predicted values; for durations the risk scores, or survival at some times.
 */
export type ScorerNeeds = 'order' | 'probabilities' | 'labels' | 'values' | 'risk' | 'survival';

/** Scores the predictions of a fitted model, for choosing between models. */
export interface Scorer<T extends Target = Target> {
  /** The name in results. */
  readonly name: string;
  /** What it reads. If all scorers of a search need only the order, models may skip their calibration. */
  readonly needs: NeedsOf<T>;
  /** Whether higher scores are better; for losses, lower is better. */
  readonly greaterIsBetter: boolean;
  /**
   * The score of some rows, as computed by the metric: losses are not negated.
   *
   * @param yTrue the true classes, with all classes of the model, in its order; or the true values.
   * @param predictions one array per class with one number per row, as returned by `predictProba`; or one array of predicted values or
   * risk scores; or one of survival per time.
   */
  score(yTrue: T, predictions: readonly ArrayLike<number>[], options?: MetricOptions): number;
}

/** A scorer for classification, regression or survival. */
export type AnyScorer = Scorer<Labels> | Scorer<TargetValues> | Scorer<Durations>;

/** What a scorer of such a target can read. */
type NeedsOf<T extends Target> = T extends Labels
  ? 'order' | 'probabilities' | 'labels'
  : T extends Durations
    ? 'risk' | 'survival'
    : 'values';

export const scorerParameters = {
  /** The name in results. */
  name: required(textParameter()),
  /** Whether higher is better. Default true. */
  greaterIsBetter: withDefault(booleanParameter(), true),
};

export type ScorerOptions = OptionsOf<typeof scorerParameters>;

/**
 * A scorer of a metric that reads only the order of scores, such as the area under a curve: any increasing function of the probabilities
 * scores the same.
 */
export function orderScorer(metric: Metric<Scores>, options: ScorerOptions): Scorer<Labels> {
  return classScorer('order', metric, options, (_, columns) => columns);
}

/** A scorer of a metric that reads the probabilities of all classes, one array per class. */
export function probabilityScorer(metric: Metric<Scores>, options: ScorerOptions): Scorer<Labels> {
  return classScorer('probabilities', metric, options, (_, columns) => columns);
}

/**
 * A scorer of a metric that reads predicted classes: the most likely of each row, the first in case of a tie.
 *
 * ```ts
 * const f2 = labelScorer((y, predicted, options) => fBeta(y, predicted, { ...options, beta: 2 }), { name: 'f2' });
 * ```
 */
export function labelScorer(metric: Metric<LabelsLike>, options: ScorerOptions): Scorer<Labels> {
  return classScorer('labels', metric, options, likeliestLabels);
}

/** A scorer of a regression metric. */
export function regressionScorer(metric: RegressionMetric, options: ScorerOptions): Scorer<TargetValues> {
  requireParameter(typeof metric === 'function', 'metric', 'a function', metric);
  return {
    ...readOptions(scorerParameters, options),
    needs: 'values',
    score: (yTrue, [amounts], metricOptions) => metric(yTrue, amounts, metricOptions),
  };
}

/** A scorer of a metric that reads risk scores. */
export function riskScorer(metric: DurationMetric, options: ScorerOptions): Scorer<Durations> {
  requireParameter(typeof metric === 'function', 'metric', 'a function', metric);
  return {
    ...readOptions(scorerParameters, options),
    needs: 'risk',
    score: (yTrue, [risk], metricOptions) => metric(yTrue, risk, metricOptions),
  };
}

/** By how much `score` is better than `than`: positive if it is better; for losses, if it is lower. */
export function improvement(scorer: Pick<Scorer, 'greaterIsBetter'>, score: number, than: number): number {
  const { greaterIsBetter } = scorer ?? {};
  requireParameter(typeof greaterIsBetter === 'boolean', 'scorer', 'a scorer', scorer);
  const areNumbers = typeof score === 'number' && typeof than === 'number';
  requireParameter(areNumbers, 'score', 'two numbers', [score, than]);
  return greaterIsBetter ? score - than : than - score;
}

function classScorer<P>(
  needs: NeedsOf<Labels>,
  metric: Metric<P>,
  options: ScorerOptions,
  read: (yTrue: Labels, columns: readonly ArrayLike<number>[]) => P,
): Scorer<Labels> {
  requireParameter(typeof metric === 'function', 'metric', 'a function', metric);
  return {
    ...readOptions(scorerParameters, options),
    needs,
    score(yTrue, columns, metricOptions) {
      requireColumnPerClass(yTrue, columns);
      return metric(yTrue, read(yTrue, columns), metricOptions);
    },
  };
}

function requireColumnPerClass({ classes }: Labels, probabilities: readonly ArrayLike<number>[]): void {
  if (probabilities.length === classes.length) return;
  throw new ChurnError(
    'invalid-data',
    `expected probabilities of each of the ${classes.length} classes (${classes.slice(0, 10).map(String).join(', ')}), ` +
      `got ${probabilities.length}; score Labels with all classes of the model`,
  );
}

function likeliestLabels({ classes, length }: Labels, probabilities: readonly ArrayLike<number>[]): Labels {
  probabilities.forEach((column, code) => {
    if (column.length !== length) {
      throw new ChurnError(
        'invalid-data',
        `expected ${length} probabilities of class ${JSON.stringify(classes[code])}, one for each label, got ${column.length}`,
      );
    }
    for (let row = 0; row < length; row++) {
      if (Number.isNaN(column[row]))
        throw new ChurnError('invalid-data', `the score of row ${row} is not a number`);
    }
  });
  // One row of each class, taken as often as it was predicted.
  return Labels.from(classes, classes).take(likeliestCodes(probabilities));
}
