import { shownNames } from './shown-names.js';
import { COLOURS } from './theme.js';

/** A figure of a group of rows, with the interval in which it is believed to be. */
export interface IntervalDot {
  readonly label: string;
  readonly value: number;
  /** None if it is not known. */
  readonly interval?: readonly [low: number, high: number];
  readonly rows: number;
}

export interface IntervalDotAxes {
  /** What the groups are of. */
  readonly groups: string;
  /** What the figure is, as the title of its axis and in words. */
  readonly title: string;
  readonly value: string;
  /** How the figure is written on the axis. */
  readonly format?: string;
  /** How it is written in words. */
  readonly text: (value: number) => string;
  /** A figure to compare with, drawn as a dashed line. */
  readonly reference?: number;
  /** Whether the axis begins at 0. Default true. */
  readonly zero?: boolean;
}

/** A dot at `value`, on a line from `low` to `high` if they are known. */
export const intervalMarks = [
  {
    transform: [{ filter: 'isValid(datum.low)' }],
    mark: { type: 'rule' as const, color: COLOURS.positive, strokeWidth: 2 },
    encoding: { x: { field: 'low', type: 'quantitative' as const }, x2: { field: 'high' } },
  },
  {
    mark: { type: 'circle' as const, color: COLOURS.positive, size: 90, opacity: 1 },
    encoding: { x: { field: 'value', type: 'quantitative' as const } },
  },
];

/** A dot and an interval for each group, one below the other in the order in which they come: the body of a figure. */
export function intervalDots(
  dots: readonly IntervalDot[],
  { groups, title, value, format, text, reference, zero = true }: IntervalDotAxes,
) {
  const labels = shownNames(dots.map(({ label }) => label));
  const x = {
    type: 'quantitative' as const,
    title,
    axis: { ...(format !== undefined && { format }), labelOverlap: 'greedy' as const },
    scale: { zero },
  };
  const line = {
    data: { values: [{ reference }] },
    mark: { type: 'rule' as const, strokeDash: [4, 4], color: COLOURS.reference },
    encoding: { x: { field: 'reference', type: 'quantitative' as const }, y: {}, tooltip: null },
  };
  return {
    data: {
      values: dots.map(({ value, interval, rows }, i) => ({
        label: labels[i],
        value,
        text: text(value),
        rows,
        interval: interval ? interval.map(text).join(' to ') : 'none',
        ...(interval && { low: interval[0], high: interval[1] }),
      })),
    },
    width: 420,
    height: { step: 30 },
    encoding: {
      y: { field: 'label', type: 'nominal' as const, sort: null, title: null },
      x,
      tooltip: [
        { field: 'label', type: 'nominal' as const, title: groups },
        { field: 'text', type: 'nominal' as const, title: value },
        { field: 'interval', type: 'nominal' as const, title: 'interval' },
        { field: 'rows', type: 'quantitative' as const, title: 'rows', format: ',' },
      ],
    },
    layer: [...(reference === undefined ? [] : [line]), ...intervalMarks],
  };
}
