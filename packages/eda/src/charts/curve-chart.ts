import {
  type ChartSpec,
  type ChartTitle,
  figure,
  requireFinite,
  requireSameLength,
  requireSome,
} from './figure.js';
import { MAX_SERIES, seriesStyles } from './series-styles.js';
import { shownNames } from './shown-names.js';
import { COLOURS } from './theme.js';
import { thinCurve } from './thin-curve.js';

/** A curve, with its points in order. */
export interface Curve {
  readonly name: string;
  /** Further text for the legend, besides the name. */
  readonly figures?: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** An interval around it, drawn as an area. */
  readonly band?: CurveBand;
}

/** An interval around a curve, with its own points. */
interface CurveBand {
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface CurveAxes extends ChartTitle {
  readonly x: string;
  readonly y: string;
  /** Draws a mark at each point. */
  readonly points?: boolean;
  /** A dashed reference line between two points, such as chance level. */
  readonly reference?: readonly [from: readonly [number, number], to: readonly [number, number]];
  /** The interpolation between points. Default linear. */
  readonly interpolate?: 'linear' | 'step-before';
  /** The end of the vertical axis. Default 1, like the horizontal one. */
  readonly top?: number;
  /** The start of the vertical axis. Default 0. */
  readonly bottom?: number;
  /** The number format of the vertical axis. Default for shares. */
  readonly formatY?: string;
}

/** So many points of all curves together, and of each one, are drawn at most; of those with a mark at each point fewer. */
const [MAX_POINTS, MAX_MARKS, MAX_POINTS_EACH] = [6000, 2000, 400];

/**
 * Curves of several models in one figure, in the given order; from the eighth on, dashed in the same colours. Only the first 28 are
 * shown, with a note. Long curves are thinned.
 */
export function curveChart(chart: string, curves: readonly Curve[], axes: CurveAxes): ChartSpec {
  requireSome(chart, 'curves', curves);
  const drawn = curves.slice(0, MAX_SERIES);
  const names = shownNames(drawn.map(({ name }) => name));
  const labels = drawn.map(({ figures }, i) =>
    figures === undefined ? names[i] : `${names[i]}: ${figures}`,
  );
  const most = Math.min(MAX_POINTS_EACH, Math.floor((axes.points ? MAX_MARKS : MAX_POINTS) / drawn.length));
  const points = drawn.flatMap(({ x, y }, i) => {
    requireSome(chart, `points of "${names[i]}"`, x);
    requireSameLength(chart, [axes.x, axes.y], x, y);
    requireFinite(chart, `${axes.x} of "${names[i]}"`, x);
    requireFinite(chart, `${axes.y} of "${names[i]}"`, y);
    return thinCurve(x, y, most).map((k, order) => ({ label: labels[i], x: x[k], y: y[k], order }));
  });
  const bands = drawn.flatMap(({ band }, i) => (band ? bandPoints(chart, band, names[i], labels[i]) : []));
  const { reference, interpolate = 'linear', top = 1, bottom = 0, formatY = '%' } = axes;
  // Clipping is most of the time that a picture of curves takes; it is seldom needed.
  const clip = points.some((point) => !(point.x >= 0 && point.x <= 1 && point.y >= bottom && point.y <= top));
  const { colours, dashes } = seriesStyles(labels.length);
  const x = scaleOf('x', axes.x, [0, 1], '%');
  const y = scaleOf('y', axes.y, [bottom, top], formatY);
  const legend = {
    orient: 'bottom' as const,
    columns: 1,
    symbolType: 'stroke',
    symbolStrokeWidth: 3,
    // Not as faint as a band.
    ...(bands.length > 0 && { symbolOpacity: 1 }),
    // Long enough to tell dashes from dots.
    ...(dashes && { symbolSize: 900, rowPadding: -10 }),
  };
  const series = { field: 'label', type: 'nominal' as const, title: null };
  const line = {
    mark: { type: 'line' as const, interpolate, strokeWidth: 2, clip, point: axes.points ?? false },
    encoding: {
      x,
      y,
      order: { field: 'order', type: 'quantitative' as const },
      color: { ...series, scale: { domain: labels, range: [...colours] }, legend },
      ...(dashes && {
        strokeDash: { ...series, scale: { domain: labels, range: dashes.map((each) => [...each]) }, legend },
      }),
      description: { field: 'label', type: 'nominal' as const },
      tooltip: [
        { field: 'label', type: 'nominal' as const, title: 'model' },
        { field: 'x', type: 'quantitative' as const, title: axes.x, format: '.3f' },
        { field: 'y', type: 'quantitative' as const, title: axes.y, format: '.3f' },
      ],
    },
  };
  const left = curves.length - drawn.length;
  const note = left > 0 ? `the first ${drawn.length}, and ${left} others not shown` : undefined;
  return figure(
    { title: axes.title, subtitle: axes.subtitle, note },
    {
      data: { values: points },
      width: 420,
      height: 380,
      layer: [
        ...(reference
          ? [
              {
                data: { values: reference.map(([x, y]) => ({ x, y })) },
                mark: {
                  type: 'line' as const,
                  strokeDash: [4, 4],
                  color: COLOURS.reference,
                  strokeWidth: 1,
                },
                encoding: { x, y },
              },
            ]
          : []),
        ...(bands.length > 0
          ? [
              {
                data: { values: bands },
                mark: { type: 'area' as const, opacity: 0.16 },
                encoding: {
                  x,
                  y: { ...y, field: 'low' },
                  y2: { field: 'high' },
                  color: line.encoding.color,
                },
              },
            ]
          : []),
        line,
      ],
    },
  );
}

function bandPoints(chart: string, { x, low, high }: CurveBand, name: string, label: string) {
  for (const [what, numbers] of Object.entries({ x, low, high })) {
    requireSameLength(chart, ['x', what], x, numbers);
    requireFinite(chart, `the band of "${name}"`, numbers);
  }
  return Array.from(x, (each, k) => ({ label, x: each, low: low[k], high: high[k] }));
}

function scaleOf(field: 'x' | 'y', title: string, domain: [number, number], format: string) {
  return {
    field,
    type: 'quantitative' as const,
    title,
    scale: { domain, nice: false },
    axis: { format, tickCount: 6 },
  };
}
