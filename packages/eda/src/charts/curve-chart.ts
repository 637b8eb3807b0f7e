import { type ChartSpec, type ChartTitle, figure, requireSameLength, requireSome } from './figure.js';
import { COLOURS, PALETTE } from './theme.js';
import { thinCurve } from './thin-curve.js';

/** A named curve, with its points in order. */
export interface Curve {
  readonly name: string;
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
  readonly interpolate?: 'linear' | 'step-before' | 'step-after';
  /** Ends of the axes, where they are not those of the data. */
  readonly domainX?: readonly [number, number];
  readonly domainY?: readonly [number, number];
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
  const { reference, interpolate = 'linear', formatY = '%' } = axes;
  const x = scaleOf('x', axes.x, axes.domainX, '%');
  const y = scaleOf('y', axes.y, axes.domainY, formatY);
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

function scaleOf(field: 'x' | 'y', title: string, domain: CurveAxes['domainX'], format: string) {
  return {
    field,
    type: 'quantitative' as const,
    title,
    scale: { ...(domain && { domain: [...domain] }), zero: true, nice: !domain },
    axis: { format, tickCount: 6 },
  };
}
