import { requireParameter } from '@churn/core';
import { fourDigits } from '../format.js';
import type { ValueRelation } from '../profile/value-relation.js';
import { drawnGroups } from './drawn-groups.js';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { intervalDots } from './interval-dots.js';
import { shownName } from './shown-names.js';

export interface TargetMeanOptions extends ChartTitle {
  /** The mean of all rows, drawn as a line. */
  readonly mean?: number;
  /** The name of the target. Default `target`. */
  readonly target?: string;
}

/**
 * The mean target in each level or range of a column, with 95 % intervals by the t distribution. If there are more than 50 levels or
 * ranges, those with the most rows are shown, with a note.
 *
 * @throws `invalid-data` if there is nothing to draw; `invalid-parameter` if `mean` is not a finite number.
 */
export function targetMeanChart(
  { name, bins }: Pick<ValueRelation, 'name' | 'bins'>,
  {
    target = 'target',
    title = `${shownName(name)}: mean ${shownName(target)}`,
    subtitle = 'with 95% intervals; dashed line: overall mean',
    mean,
  }: TargetMeanOptions = {},
): ChartSpec {
  requireSome('targetMeanChart', `levels or ranges of "${shownName(name)}"`, bins);
  requireParameter(mean === undefined || Number.isFinite(mean), 'mean', 'a finite number', mean);
  const { drawn, labels, note } = drawnGroups(bins);
  return figure(
    { title, note, ...(mean !== undefined && { subtitle }) },
    intervalDots(
      drawn.map(({ mean: value, interval, rows }, i) => ({
        label: labels[i],
        value,
        interval: interval ?? undefined,
        rows,
      })),
      {
        groups: shownName(name),
        title: `mean ${shownName(target)}`,
        value: 'mean',
        text: fourDigits,
        reference: mean,
        zero: false,
      },
    ),
  );
}
