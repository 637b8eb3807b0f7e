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
 * What a scorer reads of what a model predicts: of classes the order that the probabilities put rows in, the
 * probabilities themselves, or the likeliest class of each row; for regression the predicted values; for
 * durations the risk scores, or survival at some times.
 */
export type ScorerNeeds = 'order' | 'probabilities' | 'labels' | 'values' | 'risk' | 'survival';

/** Scores what a fitted model predicts, so that a search can choose between models by it. */
export interface Scorer<T extends Target = Target> {
  /** What it is called in results. */
  readonly name: string;
  /** What it reads. Where all scorers of a search need the order alone, models may leave out their calibration. */
  readonly needs: NeedsOf<T>;
  /** Whether a model with a higher score is the better one; of losses it is the lower. */
  readonly greaterIsBetter: boolean;
  /**
   * The score of some rows, as the metric gives it: a loss is not turned round.
   *
   * @param yTrue the true classes, with all classes of the model, in its order; or the true values.
   * @param predictions one array per class with one number per row, as `predictProba` gives them; or one
   * array of predicted values or risk scores; or one of survival per time.
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
  /** What it is called in results. */
  name: required(textParameter()),
  /** Whether higher is better. Default true. */
  greaterIsBetter: withDefault(booleanParameter(), true),
};

export type ScorerOptions = OptionsOf<typeof scorerParameters>;

/**
 * A scorer of a metric that reads nothing but the order of scores, such as the area under a curve: any increasing function of the
 * probabilities scores the same.
 */
export function orderScorer(metric: Metric<Scores>, options: ScorerOptions): Scorer<Labels> {
  return classScorer('order', metric, options, (_, columns) => columns);
}

/** A scorer of a metric that reads the probabilities of all classes, one array per class. */
export function probabilityScorer(metric: Metric<Scores>, options: ScorerOptions): Scorer<Labels> {
  return classScorer('probabilities', metric, options, (_, columns) => columns);
}

/**
 * A scorer of a metric that reads predicted classes: the likeliest of each row, of equally likely ones the first.
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

/** How much better `score` is than `than`: above 0 if it is the better one, of losses the lower. */
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
