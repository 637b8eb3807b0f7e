import { type ChartSpec, type ChartTitle, figure, requireFinite, requireSome } from './figure.js';
import { COLOURS, PALETTE } from './theme.js';

/** A figure in a stretch of time. */
export interface TimelinePoint {
  /** The stretch, such as `2026-11`. */
  readonly time: string;
  /** What it is a figure of, if there are several. */
  readonly series: string;
  readonly value: number;
  /** Its confidence interval. */
  readonly interval?: readonly [low: number, high: number];
}

export interface TimelineChartOptions extends ChartTitle {
  /** What is measured, as the title of its axis. */
  readonly measure?: string;
  /** A value to compare with, drawn as a dashed line. */
  readonly reference?: number;
}

/**
 * A value over time, with its intervals, in the order of the points.
 *
 * @throws `invalid-data` if there is no point, or a value is not a finite number.
 */
export function timelineChart(
  points: readonly TimelinePoint[],
  { title = 'Over time', subtitle, measure = 'value', reference }: TimelineChartOptions = {},
): ChartSpec {
  requireSome('timelineChart', 'points', points);
  requireFinite(
    'timelineChart',
    'values',
    points.flatMap(({ value, interval = [] }) => [value, ...interval]),
  );
  // Not as a list of the specification, in which Vega takes names such as `constructor` for something else.
  const order = new Map([...new Set(points.map(({ time }) => time))].map((time, place) => [time, place]));
  const series = [...new Set(points.map((each) => each.series))];
  const values = points.map(({ interval, ...point }) => ({
    ...point,
    place: order.get(point.time),
    ...(interval && { low: interval[0], high: interval[1] }),
  }));
  const x = {
    field: 'time',
    type: 'ordinal' as const,
    sort: { field: 'place', op: 'min' as const },
    title: null,
    axis: { labelAngle: -40, labelOverlap: 'greedy' as const },
  };
  const y = { type: 'quantitative' as const, title: measure, scale: { zero: false } };
  const color = {
    field: 'series',
    type: 'nominal' as const,
    title: null,
    sort: null,
    scale: { range: [...PALETTE].slice(0, Math.max(1, series.length)) },
    legend: series.length > 1 ? { orient: 'top' as const } : null,
  };
  return figure(
    { title, subtitle },
    {
      data: { values },
      width: 520,
      height: 260,
      layer: [
        {
          transform: [{ filter: 'isValid(datum.low)' }],
          mark: { type: 'area', opacity: 0.18 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'line', strokeWidth: 2, point: true },
          encoding: {
            x,
            y: { ...y, field: 'value' },
            color,
            tooltip: [
              { field: 'time', type: 'nominal' },
              { field: 'series', type: 'nominal' },
              { field: 'value', type: 'quantitative', title: measure, format: '.4~g' },
            ],
          },
        },
        ...(reference === undefined
          ? []
          : [
              {
                mark: { type: 'rule' as const, color: COLOURS.reference, strokeDash: [5, 4] },
                encoding: { y: { ...y, datum: reference } },
              },
            ]),
      ],
    },
  );
}
