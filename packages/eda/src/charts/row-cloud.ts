import { log10, pow } from '@churn/core';
import { hexagons } from './hexagons.js';
import { logAxis } from './log-axis.js';
import { COLOURS, SEQUENTIAL } from './theme.js';

/** One of the two axes of a cloud: its values from one end to the other, which differ. */
export interface CloudAxis {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  /** Whether equal ratios are equally far apart; both ends are then above 0. Default false. */
  readonly isLog?: boolean;
}

/** Up to this many rows get a dot each. */
const MAX_DOTS = 1000;
/** The distance of a hexagon's corners from its centre, in pixels. */
const RADIUS = 6;
/** What lies between an outermost row and the end of an axis, as a part of it. */
const MARGIN = 0.03;
/** A hexagon of radius 1 that stands on a corner. */
const HEXAGON = 'M0,-1L0.866,-0.5L0.866,0.5L0,1L-0.866,0.5L-0.866,-0.5Z';

/** A cloud of rows, as a layer of a figure. */
export interface RowCloud {
  readonly layer: ReturnType<typeof dotLayer> | ReturnType<typeof hexagonLayer>;
  /** The encodings of the axes, for other layers too. */
  readonly x: ReturnType<typeof axisOf>;
  readonly y: ReturnType<typeof axisOf>;
  /** Rows that lie beyond an axis. */
  readonly outside: number;
}

/**
 * Rows by two numbers: up to 1,000 as translucent dots, and more as hexagons whose colour is how many rows lie in them, so that the
 * picture of a million rows is as large as that of a thousand, and as readable.
 */
export function rowCloud(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  axes: { readonly x: CloudAxis; readonly y: CloudAxis },
  { width, height }: { readonly width: number; readonly height: number },
): RowCloud {
  const [horizontal, vertical] = [placesOn(axes.x, width), placesOn(axes.y, height)];
  const drawn: number[] = [];
  for (let row = 0; row < x.length; row++) {
    if (isOn(axes.x, x[row]) && isOn(axes.y, y[row])) drawn.push(row);
  }
  const encoding = { x: axisOf('x', axes.x, horizontal), y: axisOf('y', axes.y, vertical) };
  const dots = drawn.length <= MAX_DOTS;
  const layer = dots
    ? dotLayer(
        drawn.map((row) => ({ x: x[row], y: y[row] })),
        encoding,
      )
    : hexagonLayer(
        hexagons(
          drawn.map((row) => horizontal.placeOf(x[row])),
          drawn.map((row) => vertical.placeOf(y[row])),
          RADIUS,
        ).map((each) => ({
          x: horizontal.valueAt(each.x),
          y: vertical.valueAt(each.y),
          rows: each.points,
        })),
        encoding,
      );
  return { layer, ...encoding, outside: x.length - drawn.length };
}

function isOn({ from, to }: CloudAxis, value: number): boolean {
  return value >= from && value <= to;
}

type Places = ReturnType<typeof placesOn>;

/** Where on an axis of so many pixels values lie, and the ends that leave a margin. */
function placesOn({ from, to, isLog = false }: CloudAxis, pixels: number) {
  const scaled = isLog ? log10 : (value: number) => value;
  const unscaled = isLog ? (place: number) => pow(10, place) : (place: number) => place;
  const [first, last] = [scaled(from), scaled(to)];
  const margin = MARGIN * (last - first);
  const start = first - margin;
  const unit = (last + margin - start) / pixels;
  return {
    domain: [unscaled(start), unscaled(last + margin)],
    placeOf: (value: number) => (scaled(value) - start) / unit,
    valueAt: (place: number) => unscaled(start + place * unit),
  };
}

function axisOf(field: 'x' | 'y', { title, isLog = false }: CloudAxis, { domain }: Places) {
  return {
    field,
    type: 'quantitative' as const,
    title,
    scale: {
      type: isLog ? ('log' as const) : ('linear' as const),
      domain: [...domain],
      nice: false,
      zero: false,
    },
    axis: isLog ? logAxis(domain) : { tickCount: 6, labelOverlap: 'greedy' as const },
  };
}

type Encoding = Pick<RowCloud, 'x' | 'y'>;

function dotLayer(values: readonly { readonly x: number; readonly y: number }[], { x, y }: Encoding) {
  return {
    data: { values: [...values] },
    mark: { type: 'circle' as const, size: 28, opacity: 0.4, color: COLOURS.negative },
    encoding: { x, y, tooltip: tooltipOf(x.title, y.title) },
  };
}

function hexagonLayer(
  values: readonly { readonly x: number; readonly y: number; readonly rows: number }[],
  { x, y }: Encoding,
) {
  const most = values.reduce((top, { rows }) => Math.max(top, rows), 2);
  return {
    data: { values: [...values] },
    mark: {
      type: 'point' as const,
      shape: HEXAGON,
      // The sign is drawn in a square of this many pixels, of which the path above takes two by two.
      size: 4 * RADIUS * RADIUS,
      filled: true,
      opacity: 1,
      clip: true,
      // A text for each would be most of the picture.
      aria: false,
    },
    encoding: {
      x,
      y,
      color: {
        field: 'rows',
        type: 'quantitative' as const,
        title: 'rows',
        scale: { type: 'log' as const, domain: [1, most], range: SEQUENTIAL.slice(1) },
        legend: { format: '~s', tickCount: 4, gradientLength: 160 },
      },
      tooltip: [
        ...tooltipOf(x.title, y.title),
        { field: 'rows', type: 'quantitative' as const, title: 'rows', format: ',' },
      ],
    },
  };
}

function tooltipOf(x: string, y: string) {
  return [
    { field: 'x', type: 'quantitative' as const, title: x, format: ',.4~g' },
    { field: 'y', type: 'quantitative' as const, title: y, format: ',.4~g' },
  ];
}
