import { metricTitle } from '../reporting/metric-title.js';
import { sameDecimals } from '../reporting/same-decimals.js';
import type { RunComparison } from './compare-runs.js';
import type { MetricDifference } from './metric-differences.js';

/** The metrics that determine the verdict; the others are only in the table. */
const DECIDING = ['rocAuc', 'logLoss', 'r2', 'rootMeanSquaredError'];

/** The verdict in a sentence: which run has the better model, if the difference is significant. */
export function verdict({ metrics, rows }: Pick<RunComparison, 'metrics' | 'rows'>): string {
  const deciding = metrics.filter(({ metric }) => DECIDING.includes(metric));
  const figures = deciding.map(differenceText).join('; ') || 'They have no metric in common';
  if (typeof rows === 'string') {
    return `The metrics are on different rows, so their differences are inconclusive: ${rows}. ${figures}.`;
  }
  const on = `on the ${rows.labels.length.toLocaleString('en')} rows held out by both`;
  return `${answer(deciding)} ${on}: ${figures}.`;
}

function answer(deciding: readonly MetricDifference[]): string {
  const by = (run: 'a' | 'b') => deciding.filter(({ better }) => better === run);
  const parts = (['a', 'b'] as const).flatMap((run) => {
    const names = by(run).map(({ metric }) => metricTitle(metric));
    return names.length > 0 ? [`${run.toUpperCase()} is better by ${names.join(' and ')}`] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'Neither is significantly better';
}

/** Such as `ROC AUC 0.9912 to 0.9930 (+0.0018, 95% interval +0.0002 to +0.0034)`. */
function differenceText({ metric, a, b, difference, interval }: MetricDifference): string {
  const text = sameDecimals([a, b]);
  const certainty = interval
    ? `, 95% interval ${signed(interval[0], text)} to ${signed(interval[1], text)}`
    : '';
  return `${metricTitle(metric)} ${text(a)} in A, ${text(b)} in B (${signed(difference, text)}${certainty})`;
}

/** A difference with its sign. @param format the formatter of the numbers that differ. */
export function signed(value: number, format: (value: number) => string): string {
  const text = format(value);
  return /[1-9]/.test(text) && value > 0 ? `+${text}` : text;
}
