import { type ChartSpec, type ChartTitle, figure, requireSameLength, requireSome } from './figure.js';
import { COLOURS, PALETTE } from './theme.js';
import { thinCurve } from './thin-curve.js';

/** A curve, with its points in order. */
export interface Curve {
  /** What the legend says of it. */
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface CurveAxes extends ChartTitle {
  readonly x: string;
  readonly y: string;
  /** Draws a mark at each point. */
  readonly points?: boolean;
  /** A dashed line between two points, of what chance does. */
  readonly reference?: readonly [from: readonly [number, number], to: readonly [number, number]];
  /** How curves go from point to point. Default straight. */
  readonly interpolate?: 'linear' | 'step-before';
  /** Where the vertical axis ends. Default 1, as the horizontal one does. */
  readonly top?: number;
  /** How figures on the vertical axis are written. Default as shares. */
  readonly formatY?: string;
}

/** Curves of several models in one figure, in the order and colours in which they came. Long ones are thinned. */
export function curveChart(chart: string, curves: readonly Curve[], axes: CurveAxes): ChartSpec {
  requireSome(chart, 'curves', curves);
  const points = curves.flatMap(({ label, x, y }) => {
    requireSome(chart, `points of "${label}"`, x);
    requireSameLength(chart, [axes.x, axes.y], x, y);
    return thinCurve(x, y).map((i, order) => ({ label, x: x[i], y: y[i], order }));
  });
  const labels = curves.map(({ label }) => label);
  const { reference, interpolate = 'linear', top = 1, formatY = '%' } = axes;
  const x = scaleOf('x', axes.x, 1, '%');
  const y = scaleOf('y', axes.y, top, formatY);
  const line = {
    mark: { type: 'line' as const, interpolate, strokeWidth: 2, clip: true, point: axes.points ?? false },
    encoding: {
      x,
      y,
      order: { field: 'order', type: 'quantitative' as const },
      color: {
        field: 'label',
        type: 'nominal' as const,
        title: null,
        scale: { domain: labels, range: labels.map((_, i) => PALETTE[i % PALETTE.length]) },
        legend: { orient: 'bottom' as const, columns: 1, symbolType: 'stroke', symbolStrokeWidth: 3 },
      },
      description: { field: 'label', type: 'nominal' as const },
      tooltip: [
        { field: 'label', type: 'nominal' as const, title: 'model' },
        { field: 'x', type: 'quantitative' as const, title: axes.x, format: '.3f' },
        { field: 'y', type: 'quantitative' as const, title: axes.y, format: '.3f' },
      ],
    },
  };
  return figure(axes, {
    data: { values: points },
    width: 420,
    height: 380,
    layer: [
      ...(reference
        ? [
            {
              data: { values: reference.map(([x, y]) => ({ x, y })) },
              mark: { type: 'line' as const, strokeDash: [4, 4], color: COLOURS.reference, strokeWidth: 1 },
              encoding: { x, y },
            },
          ]
        : []),
      line,
    ],
  });
}

function scaleOf(field: 'x' | 'y', title: string, end: number, format: string) {
  return {
    field,
    type: 'quantitative' as const,
    title,
    scale: { domain: [0, end], nice: false },
    axis: { format, tickCount: 6 },
  };
}
