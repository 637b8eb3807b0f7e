import { requireParameter } from '@churn/core';
import type { RateBin, TargetRelation } from '../profile/target-relation.js';
import { type ChartSpec, type ChartTitle, figure, othersNote, requireSome } from './figure.js';
import { intervalDots } from './interval-dots.js';
import { placesOfLargest } from './largest.js';
import { shownName } from './shown-names.js';

export interface TargetRateOptions extends ChartTitle {
  /** The rate of all rows, drawn as a line. */
  readonly rate?: number;
  /** What the rate is of. Default `positive class`. */
  readonly positive?: string;
}

/** No more levels or ranges than these are drawn. */
const MOST_BINS = 50;

/**
 * The share of positive rows in each level or range of a column, with 95 % Wilson intervals. Of more than 50 levels or ranges those of
 * the most rows are drawn, and a line says so.
 *
 * @throws `invalid-data` where there is nothing to draw; `invalid-parameter` where `rate` is none between 0 and 1.
 */
export function targetRateChart(
  { name, bins }: TargetRelation,
  {
    positive = 'positive class',
    title = `${shownName(name)}: share of ${shownName(positive)}`,
    subtitle = 'with 95% intervals; the dashed line is the share of all rows',
    rate,
  }: TargetRateOptions = {},
): ChartSpec {
  requireSome('targetRateChart', `levels or ranges of "${name}"`, bins);
  requireParameter(rate === undefined || (rate >= 0 && rate <= 1), 'rate', 'a number from 0 to 1', rate);
  const drawn = placesOfLargest(
    bins.map((bin) => bin.rows),
    MOST_BINS,
  ).map((place) => bins[place]);
  const labels = labelsOf(drawn);
  const note = othersNote(`the ${drawn.length} of the most rows`, bins.length - drawn.length);
  return figure(
    { title, note, ...(rate !== undefined && { subtitle }) },
    intervalDots(
      drawn.map(({ rate: value, interval, rows }, i) => ({ label: labels[i], value, interval, rows })),
      {
        groups: shownName(name),
        title: `share of ${shownName(positive)}`,
        value: 'share',
        format: '%',
        textFormat: '.1%',
        reference: rate,
      },
    ),
  );
}

/** What ranges are called: with as many digits as it takes to tell them apart. */
function labelsOf(bins: readonly RateBin[]): string[] {
  for (const digits of [4, 6, 9, 12]) {
    const labels = bins.map((bin) => labelOf(bin, digits));
    if (new Set(labels).size === labels.length) return labels;
  }
  return bins.map((bin) => labelOf(bin, 17));
}

function labelOf({ kind, level, from, to }: RateBin, digits: number): string {
  if (kind === 'level') return level;
  if (kind === 'other') return 'all other levels';
  if (kind === 'missing') return 'no value';
  if (from === to) return String(from);
  const round = (value: number) => String(Number(value.toPrecision(digits)));
  return `${from === null ? '-∞' : round(from)} to ${to === null ? '∞' : round(to)}`;
}
