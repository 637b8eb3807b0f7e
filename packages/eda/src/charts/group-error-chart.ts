import { fourDigits } from '../format.js';
import { type ChartSpec, type ChartTitle, figure, othersNote, requireFinite, requireSome } from './figure.js';
import { intervalDots } from './interval-dots.js';
import { placesOfLargest } from './largest.js';

/** The error of a model in a group of rows. */
export interface GroupedError {
  /** The group, such as `plan: yearly`. */
  readonly group: string;
  readonly rows: number;
  readonly error: number;
  /** Its confidence interval. */
  readonly interval?: readonly [low: number, high: number];
}

export interface GroupErrorOptions extends ChartTitle {
  /** The error on all rows, drawn as a line. */
  readonly overall?: number;
  /** The axis title. Default `mean absolute error`. */
  readonly measure?: string;
}

const MAX_GROUPS = 40;

/**
 * The error of a model by groups of rows, in the given order, with their intervals. If there are more than 40 groups, those with the
 * largest errors are shown, with a note.
 *
 * @throws `invalid-data` if there is no group, or a figure is not a finite number.
 */
export function groupErrorChart(
  groups: readonly GroupedError[],
  {
    overall,
    measure = 'mean absolute error',
    title = 'Error by group',
    subtitle = overall === undefined ? undefined : 'dashed line: error on all rows',
  }: GroupErrorOptions = {},
): ChartSpec {
  requireSome('groupErrorChart', 'groups', groups);
  const figures = groups.flatMap(({ error, rows, interval = [] }) => [error, rows, ...interval]);
  requireFinite('groupErrorChart', 'figures of groups', figures);
  requireFinite('groupErrorChart', 'overall error', overall === undefined ? [] : [overall]);
  const drawn = placesOfLargest(
    groups.map(({ error }) => error),
    MAX_GROUPS,
  ).map((place) => groups[place]);
  return figure(
    {
      title,
      subtitle,
      note: othersNote(`the ${drawn.length} with the largest errors`, groups.length - drawn.length),
    },
    intervalDots(
      drawn.map(({ group, error, interval, rows }) => ({ label: group, value: error, interval, rows })),
      { groups: 'group', title: measure, value: measure, text: fourDigits, reference: overall },
    ),
  );
}
