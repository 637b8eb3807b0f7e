import { log10, pow, requireParameter } from '@churn/core';
import { distinctValues } from '../profile/distinct-values.js';
import { type CountedValues, finiteValues } from '../profile/finite-values.js';
import { histogram } from '../profile/histogram.js';
import { type ChartSpec, type ChartTitle, figure, requireAboveZero, requireSome } from './figure.js';
import { histogramBins } from './histogram-bins.js';
import { kernelDensity } from './kernel-density.js';
import { logAxis } from './log-axis.js';
import { middleRange } from './middle-range.js';
import { shownName } from './shown-names.js';
import { COLOURS } from './theme.js';

export interface HistogramChartOptions extends ChartTitle {
  /** The maximum number of bins, from 1 to 500. Default 60. */
  readonly maxBins?: number;
  /** Whether to overlay a kernel density. Default true. */
  readonly density?: boolean;
  /** The axis title, such as the unit. Default the name. */
  readonly unit?: string;
  /** Whether to show extreme outliers, too. Default false: see `histogramChart`. */
  readonly wholeRange?: boolean;
  /** The scale of the values; `suitedScale` chooses one. A logarithmic scale needs values above 0. Default `linear`. */
  readonly scale?: 'linear' | 'log';
}

/** A kernel narrower than this part of a bin would stand above the bars: values are then too few for a density. */
const NARROWEST = 0.4;
/** A figure of integers is wide enough for so many of them. */
const MIN_SLOTS = 3;

/**
 * A histogram of a numeric column, with the bins of `numpy.histogram` with `auto`, and a Gaussian kernel density scaled to rows per bin.
 * Bins of integers contain equally many of them: one if they span up to 20.
 *
 * Where some values lie so far out that nothing would be seen of the rest (all spread more than five times as wide as those within five
 * interquartile ranges of the quartiles or among the middle 98 %), these others alone are drawn, and a line says how many were left out
 * and where they lie. Missing and infinite values are left out, and their number is stated. The density is left out where its kernels are
 * narrower than bars, as they are of a few integers.
 *
 * On a logarithmic scale bins are equally wide in logarithms, and all values are drawn.
 *
 * @throws `invalid-data` if there is no finite value, or for a logarithmic scale one that is not above 0; `invalid-parameter` for
 * `maxBins`.
 */
export function histogramChart(
  name: string,
  values: ArrayLike<number>,
  {
    title = `${shownName(name)}: distribution`,
    subtitle,
    maxBins = 60,
    density = true,
    unit = shownName(name),
    wholeRange = false,
    scale = 'linear',
  }: HistogramChartOptions = {},
): ChartSpec {
  requireParameter(
    Number.isInteger(maxBins) && maxBins >= 1 && maxBins <= 500,
    'maxBins',
    'an integer from 1 to 500',
    maxBins,
  );
  const counted = finiteValues(distinctValues(Float64Array.from(values)));
  requireSome('histogramChart', `finite values of "${shownName(name)}"`, counted.values);
  const isLog = scale === 'log';
  if (isLog) requireAboveZero('histogramChart', counted.values);
  // Bins and kernels are found on the axis; what is drawn are values again.
  const valueAt = (place: number) => (isLog ? pow(10, place) : place);
  const { middle, below, above } =
    wholeRange || isLog
      ? { middle: isLog ? logarithms(counted) : counted, below: 0, above: 0 }
      : middleRange(counted);
  const { edges, counts, isSingle } = isLog
    ? { ...histogram(middle, maxBins), isSingle: false }
    : histogramBins(middle, maxBins);
  const bins = counts.map((count, i) => {
    const [from, to] = [valueAt(edges[i]), valueAt(edges[i + 1])];
    const range = isSingle ? String(from + 0.5) : `${short(from)} to ${short(to)}`;
    const text = `values: ${range}; rows: ${count.toLocaleString('en')}`;
    return { from, to, count, range, text };
  });
  const left = values.length - counted.n;
  const rows = `${counted.n.toLocaleString('en')} rows${left > 0 ? `, ${left.toLocaleString('en')} without a value` : ''}`;
  const kernel = density ? kernelDensity(middle) : undefined;
  const width = edges[1] - edges[0];
  const curve =
    kernel && kernel.bandwidth >= NARROWEST * width
      ? Array.from(kernel.values, (value, i) => ({
          value,
          rows: kernel.densities[i] * middle.n * width,
        }))
          .filter(({ value }) => value >= edges[0] && value <= edges[edges.length - 1])
          .map(({ value, rows }) => ({ value: valueAt(value), rows }))
      : [];
  // One or two values alone would be bars as wide as the figure.
  const room = isSingle ? Math.max(0, (MIN_SLOTS - counts.length) / 2) : 0;
  const domain = [valueAt(edges[0] - room), valueAt(edges[edges.length - 1] + room)];
  const x = {
    type: 'quantitative' as const,
    title: unit,
    scale: { type: scale, zero: false, nice: false, domain },
    ...(isLog && { axis: logAxis(domain) }),
    // Ticks between integers would mean nothing; years are written without a comma.
    ...(isSingle && { axis: { tickMinStep: 1, ...(domain.every(isShort) && { format: 'd' }) } }),
  };
  return figure(
    {
      title,
      subtitle: subtitle ?? rows,
      note: isLog ? undefined : outsideNote(counted, middle, below, above),
    },
    {
      data: { values: bins },
      width: 520,
      height: 300,
      layer: [
        {
          // On a logarithmic axis a bar without bins would stand on its side.
          mark: { type: isLog ? 'rect' : 'bar', color: COLOURS.neutral, stroke: 'white', strokeWidth: 0.5 },
          encoding: {
            x: { ...x, field: 'from', ...(!isLog && { bin: { binned: true } }) },
            x2: { field: 'to' },
            y: { field: 'count', type: 'quantitative', title: 'rows', axis: { tickMinStep: 1 } },
            ...(isLog && { y2: { datum: 0 } }),
            description: { field: 'text', type: 'nominal' },
            tooltip: [
              { field: 'range', type: 'nominal', title: 'values' },
              { field: 'count', type: 'quantitative', title: 'rows', format: ',' },
            ],
          },
        },
        {
          data: { values: curve },
          mark: { type: 'line', color: COLOURS.negative, strokeWidth: 2.5 },
          encoding: { x: { ...x, field: 'value' }, y: { field: 'rows', type: 'quantitative' } },
        },
      ],
    },
  );
}

/** Values by their logarithms, as a logarithmic axis has them. */
function logarithms({ values, counts, n }: CountedValues): CountedValues {
  return { values: values.map(log10), counts, n };
}

/** What was left out for lying too far out, in words. */
function outsideNote(
  { values }: CountedValues,
  { values: drawn }: CountedValues,
  below: number,
  above: number,
): string | undefined {
  const parts = [
    ...(below > 0
      ? [`${below.toLocaleString('en')} below ${short(drawn[0])} (from ${short(values[0])})`]
      : []),
    ...(above > 0
      ? [
          `${above.toLocaleString('en')} above ${short(drawn[drawn.length - 1])} (up to ${short(values[values.length - 1])})`,
        ]
      : []),
  ];
  return parts.length > 0 ? `not shown: ${parts.join(', ')}` : undefined;
}

/** A number with four digits, a whole one with all; very large and very small ones as powers of ten. */
function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return String(Number(value.toPrecision(4)));
  const digits = Number.isInteger(value) ? 15 : 4;
  return value.toLocaleString('en', { maximumSignificantDigits: digits, useGrouping: !isShort(value) });
}

/** Whether a number is written without commas. */
function isShort(value: number): boolean {
  return Math.abs(value) < 1e4;
}
