import { requireParameter } from '@churn/core';
import { percent } from '../format.js';
import type { TargetRelation } from '../profile/target-relation.js';
import { drawnGroups } from './drawn-groups.js';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { intervalDots } from './interval-dots.js';
import { shownName } from './shown-names.js';

export interface TargetRateOptions extends ChartTitle {
  /** The rate of all rows, drawn as a line. */
  readonly rate?: number;
  /** The name of the positive class. Default `positive class`. */
  readonly positive?: string;
}

/**
 * The share of positive rows in each level or range of a column, with 95 % Wilson intervals. If there are more than 50 levels or ranges,
 * those with the most rows are shown, with a note.
 *
 * @throws `invalid-data` if there is nothing to draw; `invalid-parameter` if `rate` is not between 0 and 1.
 */
export function targetRateChart(
  { name, bins }: TargetRelation,
  {
    positive = 'positive class',
    title = `${shownName(name)}: share of ${shownName(positive)}`,
    subtitle = 'with 95% intervals; dashed line: overall share',
    rate,
  }: TargetRateOptions = {},
): ChartSpec {
  requireSome('targetRateChart', `levels or ranges of "${name}"`, bins);
  requireParameter(rate === undefined || (rate >= 0 && rate <= 1), 'rate', 'a number from 0 to 1', rate);
  const { drawn, labels, note } = drawnGroups(bins);
  return figure(
    { title, note, ...(rate !== undefined && { subtitle }) },
    intervalDots(
      drawn.map(({ rate: value, interval, rows }, i) => ({ label: labels[i], value, interval, rows })),
      {
        groups: shownName(name),
        title: `share of ${shownName(positive)}`,
        value: 'share',
        format: '%',
        text: percent,
        reference: rate,
      },
    ),
  );
}
