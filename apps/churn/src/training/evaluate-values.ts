import type { FittedRegressor, TargetValues } from '@churn/core';
import {
  type BootstrapInterval,
  bootstrapIntervals,
  meanAbsoluteError,
  medianAbsoluteError,
  type RegressionMetric,
  r2,
  rootMeanSquaredError,
} from '@churn/selection';
import type { Config } from '../config/config.js';
import { fewRowsNote, intervalCovers, type ValueInterval, valueInterval } from '../model/value-interval.js';
import type { Logger } from '../terminal/logger.js';
import type { FittedModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import { onRows } from './in-lines.js';
import { resamples } from './resamples.js';

/** The metrics of a regression model on test rows. */
export type ValueMetrics = {
  readonly r2: number;
  readonly rootMeanSquaredError: number;
  readonly meanAbsoluteError: number;
  readonly medianAbsoluteError: number;
  /** The 95% bootstrap interval of each metric. */
  readonly intervals: Readonly<Record<ValueMetricName, readonly [low: number, high: number]>>;
  /** The share of test rows whose value is in the prediction interval. */
  readonly coverage: number;
};

export type ValueMetricName = keyof typeof METRICS;

const METRICS = {
  r2,
  rootMeanSquaredError,
  meanAbsoluteError,
  medianAbsoluteError,
} satisfies Record<string, RegressionMetric>;

export const VALUE_METRICS = Object.keys(METRICS) as ValueMetricName[];

/** A fitted regression model with prediction intervals. */
export interface DecidedValueModel extends FittedModel<FittedRegressor> {
  /** The offsets of the intervals, from out-of-fold residuals. */
  readonly interval: ValueInterval;
}

/** A regression model evaluated on the test rows. */
export interface EvaluatedValueModel extends DecidedValueModel {
  readonly evaluation: {
    readonly metrics: ValueMetrics;
    /** The predictions for the test rows. */
    readonly predicted: Float64Array;
  };
}

/** Computes the interval of each model from its out-of-fold predictions. */
export function decideIntervals(
  fitted: readonly FittedModel<FittedRegressor>[],
  train: LabelledRows<TargetValues>,
  { data: { columns, target } }: Pick<Config, 'data'>,
): DecidedValueModel[] {
  const bounds = columns?.find(({ name }) => name === target);
  return fitted.map((model) => ({
    ...model,
    interval: valueInterval(train.y.values, model.predictions[0], { min: bounds?.min, max: bounds?.max }),
  }));
}

/** Evaluates each model on the test rows. */
export function evaluateValueModels(
  decided: readonly DecidedValueModel[],
  test: LabelledRows<TargetValues>,
  { seed }: Pick<Config, 'seed'>,
  logger: Pick<Logger, 'info' | 'warn'>,
): EvaluatedValueModel[] {
  const note = fewRowsNote(decided[0].interval);
  if (note) logger.warn(note);
  return decided.map((model) => {
    const predicted = onRows(test, ({ x }) => model.pipeline.predict(x));
    const metrics = metricsOf(test.y, predicted, model.interval, seed);
    const { rootMeanSquaredError: rmse } = metrics;
    logger.info(
      `${model.name}: test r2 ${metrics.r2.toFixed(4)}, RMSE ${rmse.toPrecision(5)}, fitted in ${model.fitSeconds.toFixed(1)} s`,
    );
    return { ...model, evaluation: { metrics, predicted } };
  });
}

function metricsOf(
  y: TargetValues,
  predicted: Float64Array,
  interval: ValueInterval,
  seed: number,
): ValueMetrics {
  const measured = bootstrapIntervals(METRICS, y, predicted, { seed, nResamples: resamples(y.length) });
  const byName = <V>(pick: (each: BootstrapInterval) => V) =>
    Object.fromEntries(VALUE_METRICS.map((name) => [name, pick(measured[name])])) as Record<
      ValueMetricName,
      V
    >;
  return {
    ...byName(({ estimate }) => estimate),
    intervals: byName(({ low, high }) => [low, high] as const),
    coverage: intervalCovers(interval, y.values, predicted),
  };
}
