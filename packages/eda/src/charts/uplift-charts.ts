import { fourDigits } from '../format.js';
import { curveChart } from './curve-chart.js';
import { type ChartSpec, type ChartTitle, figure, requireFinite, requireSome } from './figure.js';
import { intervalDots } from './interval-dots.js';
import { tickStep } from './tick-step.js';

/** A curve along a list of rows, as returned by `qiniCurve` and `upliftCurve` of `@churn/uplift`. */
export interface NamedUpliftCurve {
  /** The model, as the legend calls it. */
  readonly name: string;
  /** How many rows are on the list, from 0 to all. */
  readonly nListed: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** The area under it, which the legend tells. */
  readonly auc?: number;
  /** Its interval, as returned by `qiniBand` and `upliftBand`. */
  readonly band?: {
    readonly nListed: ArrayLike<number>;
    readonly low: ArrayLike<number>;
    readonly high: ArrayLike<number>;
  };
}

/** Rows of like predicted uplift, as returned by `upliftByQuantile` of `@churn/uplift`. */
export interface ObservedUplift {
  /** Their places on the list, as shares of it. */
  readonly from: number;
  readonly to: number;
  /** The mean of the predicted uplift. */
  readonly predicted: number;
  readonly treated: { readonly nRows: number };
  readonly control: { readonly nRows: number };
  readonly uplift: { readonly value: number; readonly low: number; readonly high: number };
}

/**
 * Qini curves of models: the gain of treated over control rows among the rows selected, per row, by the share of rows selected. The
 * dashed line is a random order.
 *
 * @throws `invalid-data` if there is no model, or one without points, of unequal lengths or of numbers that are not finite.
 */
export function qiniChart(
  models: readonly NamedUpliftCurve[],
  { title = 'Qini curves', subtitle = 'dashed line: random order' }: ChartTitle = {},
): ChartSpec {
  return gainChart('qiniChart', models, { title, subtitle });
}

/**
 * Uplift curves of models: the effect of the treatment on the rows selected, per row, by the share of rows selected. The dashed line is a
 * random order.
 *
 * @throws as `qiniChart`.
 */
export function upliftChart(
  models: readonly NamedUpliftCurve[],
  { title = 'Uplift curves', subtitle = 'dashed line: random order' }: ChartTitle = {},
): ChartSpec {
  return gainChart('upliftChart', models, { title, subtitle });
}

function gainChart(chart: string, models: readonly NamedUpliftCurve[], heading: ChartTitle): ChartSpec {
  requireSome(chart, 'curves', models);
  const curves = models.map(({ name, nListed, values, auc, band }) => {
    const nRows = nListed[nListed.length - 1];
    const perRow = (numbers: ArrayLike<number>) => Array.from(numbers, (each) => each / nRows);
    return {
      name,
      ...(auc !== undefined && { figures: `area ${auc.toFixed(3)}` }),
      x: perRow(nListed),
      y: perRow(values),
      ...(band && { band: { x: perRow(band.nListed), low: perRow(band.low), high: perRow(band.high) } }),
    };
  });
  const ends = curves.map(({ y }) => y[y.length - 1]);
  const all = curves.flatMap(({ y, band }) => [...y, ...(band?.low ?? []), ...(band?.high ?? [])]);
  const [least, most] = all.reduce(([low, high], y) => [Math.min(low, y), Math.max(high, y)], [0, 0]);
  const step = tickStep(most - least || 1);
  return curveChart(chart, curves, {
    ...heading,
    x: 'share of rows selected, largest predicted uplift first',
    y: 'gain per row',
    bottom: Math.floor(least / step) * step,
    top: Math.ceil(most / step) * step || step,
    formatY: '.3~g',
    reference: [
      [0, 0],
      [1, ends[0] ?? 0],
    ],
  });
}

/**
 * Observed uplift with its intervals by quantile of predicted uplift, the largest first. For a good model it decreases. The dashed line
 * is no uplift.
 *
 * @throws `invalid-data` if there is no part, or a figure is not finite.
 */
export function observedUpliftChart(
  bins: readonly ObservedUplift[],
  { title = 'Observed and predicted uplift', subtitle = 'dashed line: no uplift' }: ChartTitle = {},
): ChartSpec {
  requireSome('observedUpliftChart', 'parts', bins);
  const figures = bins.flatMap(({ from, to, predicted, uplift: { value, low, high } }) => [
    from,
    to,
    predicted,
    value,
    low,
    high,
  ]);
  requireFinite('observedUpliftChart', 'figures of parts', figures);
  const percent = (share: number) => String(Math.round(100 * share));
  return figure(
    { title, subtitle },
    intervalDots(
      bins.map(({ from, to, predicted, treated, control, uplift: { value, low, high } }) => ({
        label: `${percent(from)} to ${percent(to)} %, predicted ${fourDigits(predicted)}`,
        value,
        interval: [low, high],
        rows: treated.nRows + control.nRows,
      })),
      {
        groups: 'quantile of predicted uplift',
        title: 'observed uplift',
        value: 'observed uplift',
        text: fourDigits,
        reference: 0,
      },
    ),
  );
}
