import { distinctValues } from '../profile/distinct-values.js';
import { type CountedValues, finiteValues } from '../profile/finite-values.js';
import { histogram } from '../profile/histogram.js';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { kernelDensity } from './kernel-density.js';
import { COLOURS } from './theme.js';

export interface HistogramChartOptions extends ChartTitle {
  /** How many bins there may be. Default 60. */
  readonly maxBins?: number;
  /** Whether to draw a kernel density over it. Default true. */
  readonly density?: boolean;
  /** What the values are counted in, as the title of their axis. Default the name. */
  readonly unit?: string;
}

/**
 * The distribution of a numeric column: rows in bins, as `numpy.histogram` with `auto` bins has them, and a Gaussian kernel
 * density scaled to rows a bin. Missing and infinite values are left out, and their number is stated.
 *
 * @throws `invalid-data` where there is no finite value.
 */
export function histogramChart(
  name: string,
  values: ArrayLike<number>,
  {
    title = `${name}: distribution`,
    subtitle,
    maxBins = 60,
    density = true,
    unit = name,
  }: HistogramChartOptions = {},
): ChartSpec {
  const column = Float64Array.from(values);
  const counted: CountedValues = finiteValues(distinctValues(column));
  requireSome('histogramChart', `finite values of "${name}"`, counted.values);
  const { edges, counts } = histogram(counted, maxBins);
  const bins = counts.map((count, i) => ({ from: edges[i], to: edges[i + 1], count }));
  const left = values.length - counted.n;
  const note = `${counted.n.toLocaleString('en')} rows${left > 0 ? `, ${left.toLocaleString('en')} without a value` : ''}`;
  const kernel = density ? kernelDensity(column.filter(Number.isFinite)) : undefined;
  const perBin = counted.n * (edges[1] - edges[0]);
  const curve = kernel
    ? Array.from(kernel.values, (value, i) => ({ value, rows: kernel.densities[i] * perBin })).filter(
        ({ value }, i) => i % 2 === 0 && value >= edges[0] && value <= edges[edges.length - 1],
      )
    : [];
  const x = { type: 'quantitative' as const, title: unit, scale: { zero: false, nice: false } };
  return figure(
    { title, subtitle: subtitle ?? note },
    {
      data: { values: bins },
      width: 520,
      height: 300,
      layer: [
        {
          mark: { type: 'bar', color: COLOURS.neutral, stroke: 'white', strokeWidth: 0.5 },
          encoding: {
            x: { ...x, field: 'from', bin: { binned: true } },
            x2: { field: 'to' },
            y: { field: 'count', type: 'quantitative', title: 'rows' },
            tooltip: [
              { field: 'from', type: 'quantitative', title: 'from', format: ',.4~g' },
              { field: 'to', type: 'quantitative', title: 'to', format: ',.4~g' },
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
