import { fourDigits, percent } from '@churn/eda';
import { fewRowsNote, type ValueInterval } from '../model/value-interval.js';
import type { ValueMetricName, ValueMetrics } from '../training/evaluate-values.js';
import type { IntervalFifth } from '../training/interval-fifths.js';
import type { ValueSummary } from '../training/value-summary.js';
import { sameDecimals } from './same-decimals.js';

/** The titles of regression metrics. */
export const VALUE_TITLES: Readonly<Record<ValueMetricName, string>> = {
  r2: 'r2',
  rootMeanSquaredError: 'RMSE',
  meanAbsoluteError: 'mean absolute error',
  medianAbsoluteError: 'median absolute error',
};

/** A metric with its bootstrap interval on test rows. */
export function withInterval(
  metrics: ValueMetrics,
  name: ValueMetricName,
  text: (value: number) => string = name === 'r2' ? (value) => value.toFixed(4) : fourDigits,
): string {
  const [low, high] = metrics.intervals[name];
  return `${text(metrics[name])} (${text(low)} to ${text(high)})`;
}

/** Describes the values of a target. */
export function summaryText({ mean, std, min, median, max }: ValueSummary): string {
  const texts = [mean, std, min, median, max].map(fourDigits);
  return `mean ${texts[0]}, standard deviation ${texts[1]}, from ${texts[2]} to ${texts[4]}, median ${texts[3]}`;
}

/** The meaning of the metrics. */
export const VALUE_MEANING =
  'Errors are in the unit of the target; r2 is the share of its variance that a model explains, 0 for one that always predicts the mean.';

/** Describes prediction intervals and their width. */
export function intervalText(model: string, interval: ValueInterval): string {
  const { coverage, low, high, min, max } = interval;
  const widths = low.map((end, bin) => high[bin] - end);
  const [least, most] = [Math.min(...widths), Math.max(...widths)].map(fourDigits);
  const width =
    widths.length === 1 ? `${most} for all rows` : `${least} to ${most}, depending on the prediction`;
  const isBounded = min !== undefined || max !== undefined;
  return [
    `The prediction intervals of ${model} have a nominal coverage of ${percent(coverage)}, computed from the out-of-fold residuals of cross-validation. Their width: ${width}${isBounded ? ', less at the declared bounds of the target' : ''}.`,
    ...[fewRowsNote(interval) ?? []].flat(),
  ].join(' ');
}

/** The head of the table of intervals by fifths of the predictions. */
export const FIFTH_HEAD = ['prediction', 'rows', 'mean interval width', 'interval coverage'];

export function fifthRows(fifths: readonly IntervalFifth[]): string[][] {
  const end = sameDecimals(fifths.flatMap(({ from, to }) => [from, to]));
  const size = sameDecimals(fifths.map(({ width }) => width));
  return fifths.map(({ from, to, rows, width, coverage }) => [
    ...[`${end(from)} to ${end(to)}`, String(rows), size(width), percent(coverage)],
  ]);
}

/** A formatter for a metric of several models, with the same decimals. */
export function metricText(name: ValueMetricName, models: readonly ValueMetrics[]) {
  if (name === 'r2') return (value: number) => value.toFixed(4);
  return sameDecimals(models.flatMap(({ intervals, ...metrics }) => [metrics[name], ...intervals[name]]));
}
