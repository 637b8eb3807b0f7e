import { clipped } from '@churn/io';
import type { Difference } from '../comparison/compare-runs.js';
import type { MetricDifference } from '../comparison/metric-differences.js';
import { signed } from '../comparison/verdict.js';
import { metricTitle } from '../reporting/metric-title.js';
import { sameDecimals } from '../reporting/same-decimals.js';
import { tableOf } from './text-table.js';

/** The metrics of two runs as a text table. */
export function metricDifferenceTable(metrics: readonly MetricDifference[]): string {
  return tableOf(
    ['metric', 'A', 'B', 'B - A', '95% interval', 'better'],
    metrics.map(({ metric, a, b, difference, interval, better }) => {
      const text = sameDecimals([a, b]);
      return [
        metricTitle(metric),
        text(a),
        text(b),
        signed(difference, text),
        interval ? `${signed(interval[0], text)} to ${signed(interval[1], text)}` : '',
        better?.toUpperCase() ?? '',
      ];
    }),
  );
}

const WIDEST = 60;

/** The differences of two runs as a text table. */
export function differenceTable(what: string, differences: readonly Difference[]): string {
  return tableOf(
    [what, 'A', 'B'],
    differences.map(({ what: name, a, b }) => [
      clipped(name, WIDEST),
      ...[a, b].map((each) => clipped(each ?? '', WIDEST)),
    ]),
    ['left', 'left', 'left'],
  );
}
