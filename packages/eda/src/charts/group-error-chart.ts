import { fourDigits } from '../format.js';
import { type ChartSpec, type ChartTitle, figure, othersNote, requireFinite, requireSome } from './figure.js';
import { intervalDots } from './interval-dots.js';
import { placesOfLargest } from './largest.js';

/** How far off a model is in a group of rows. */
export interface GroupedError {
  /** The group, such as `plan: yearly`. */
  readonly group: string;
  readonly rows: number;
  readonly error: number;
  /** The interval in which it is believed to be. */
  readonly interval?: readonly [low: number, high: number];
}

export interface GroupErrorOptions extends ChartTitle {
  /** The error of all rows, drawn as a line. */
  readonly overall?: number;
  /** What the error is, as the title of its axis. Default `mean absolute error`. */
  readonly measure?: string;
}

const MOST_GROUPS = 40;

/**
 * The error of a model in groups of rows, in the order in which they come, with the intervals that are given. Of more than 40 groups
 * those of the largest errors are drawn, and a line says so.
 *
 * @throws `invalid-data` if there is no group, or a figure is not a finite number.
 */
export function groupErrorChart(
  groups: readonly GroupedError[],
  {
    overall,
    measure = 'mean absolute error',
    title = 'Error by group',
    subtitle = overall === undefined ? undefined : 'the dashed line is the error of all rows',
  }: GroupErrorOptions = {},
): ChartSpec {
  requireSome('groupErrorChart', 'groups', groups);
  const figures = groups.flatMap(({ error, rows, interval = [] }) => [error, rows, ...interval]);
  requireFinite('groupErrorChart', 'figures of groups', figures);
  requireFinite('groupErrorChart', 'overall error', overall === undefined ? [] : [overall]);
  const drawn = placesOfLargest(
    groups.map(({ error }) => error),
    MOST_GROUPS,
  ).map((place) => groups[place]);
  return figure(
    {
      title,
      subtitle,
      note: othersNote(`the ${drawn.length} of the largest errors`, groups.length - drawn.length),
    },
    intervalDots(
      drawn.map(({ group, error, interval, rows }) => ({ label: group, value: error, interval, rows })),
      { groups: 'group', title: measure, value: measure, text: fourDigits, reference: overall },
    ),
  );
}
