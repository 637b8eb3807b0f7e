import {
  type ChartSpec,
  type ChartTitle,
  figure,
  othersNote,
  requireFinite,
  requireSameLength,
  requireSome,
} from './figure.js';
import { shownNames } from './shown-names.js';
import { COLOURS, PALETTE } from './theme.js';
import { thinCurve } from './thin-curve.js';
import { tickStep } from './tick-step.js';

/** An estimated curve, as returned by `kaplanMeier` and `nelsonAalen` of `@churn/survival`: it steps at its times. */
interface StepCurve {
  /** The group, as the legend calls it. */
  readonly name: string;
  /** From 0, ascending. */
  readonly times: ArrayLike<number>;
  /** The lower ends of the intervals; by default none is drawn. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** The number at risk just before each time; by default not shown. */
  readonly atRisk?: ArrayLike<number>;
}

/** The survival of a group: the probability that the event occurs after each time. */
export interface NamedSurvivalCurve extends StepCurve {
  readonly survival: ArrayLike<number>;
}

/** The cumulative hazard of a group. */
export interface NamedHazardCurve extends StepCurve {
  readonly cumulativeHazard: ArrayLike<number>;
}

/** Predicted and observed event shares up to a horizon, as returned by `calibrationAtHorizon` of `@churn/survival`. */
export interface NamedHorizonCalibration {
  /** The model, as the legend calls it. */
  readonly name: string;
  readonly bins: readonly {
    readonly predicted: number;
    readonly observed: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}

export interface SurvivalChartOptions extends ChartTitle {
  /** The title of the time axis. Default `time`. */
  readonly time?: string;
}

/** So many points of each curve are drawn at most. */
const MAX_POINTS = 400;
const [WIDTH, HEIGHT, ROW] = [520, 320, 20];

/**
 * Survival curves by group with their intervals, and the numbers at risk below the time axis. Only the first 7 are shown, with a note.
 *
 * ```ts
 * survivalChart(kaplanMeier(y, { by: plans }).map(({ group, curve }) => ({ name: String(group), ...curve })));
 * ```
 *
 * @throws `invalid-data` if there is no curve, arrays that belong together differ in length, or a number is not finite.
 */
export function survivalChart(
  curves: readonly NamedSurvivalCurve[],
  { title = 'Survival', ...options }: SurvivalChartOptions = {},
): ChartSpec {
  const steps = curves.map(({ survival, ...curve }) => ({ ...curve, values: survival }));
  return stepChart('survivalChart', steps, {
    ...options,
    title,
    start: 1,
    y: { title: 'without the event', scale: { domain: [0, 1], nice: false }, axis: { format: '%' } },
  });
}

/**
 * Cumulative hazards by group with their intervals, and the numbers at risk below. Only the first 7 are shown, with a note.
 * @throws as `survivalChart`.
 */
export function cumulativeHazardChart(
  curves: readonly NamedHazardCurve[],
  { title = 'Cumulative hazard', ...options }: SurvivalChartOptions = {},
): ChartSpec {
  const steps = curves.map(({ cumulativeHazard, ...curve }) => ({ ...curve, values: cumulativeHazard }));
  return stepChart('cumulativeHazardChart', steps, {
    ...options,
    title,
    start: 0,
    y: { title: 'cumulative hazard', scale: { zero: true }, axis: { format: '.6~g' } },
  });
}

/**
 * The observed share of events up to a horizon, with intervals, against the predicted probability. For a calibrated model, the points are
 * near the dashed line. Only the first 7 models are shown, with a note.
 *
 * @throws `invalid-data` if there is no model, one has no bins, or a number is not finite.
 */
export function horizonCalibrationChart(
  models: readonly NamedHorizonCalibration[],
  { title = 'Calibration at the horizon', subtitle }: ChartTitle = {},
): ChartSpec {
  const chart = 'horizonCalibrationChart';
  requireSome(chart, 'models', models);
  const drawn = models.slice(0, PALETTE.length);
  const names = labelsOf(drawn);
  const values = drawn.flatMap(({ bins }, i) => {
    requireSome(chart, `bins of "${names[i]}"`, bins);
    const numbers = bins.flatMap(({ predicted, observed, lower, upper }) => [
      predicted,
      observed,
      lower,
      upper,
    ]);
    requireFinite(chart, `bins of "${names[i]}"`, numbers);
    return bins.map(({ predicted, observed, lower, upper }) => ({
      label: names[i],
      predicted,
      observed,
      lower,
      upper,
    }));
  });
  const most = Math.max(...values.map(({ predicted, upper }) => Math.max(predicted, upper)));
  const step = tickStep(most > 0 ? most : 1);
  const end = Math.min(1, Math.ceil(most / step) * step || 1);
  const scale = { domain: [0, end], nice: false };
  const x = {
    field: 'predicted',
    type: 'quantitative' as const,
    title: 'predicted probability',
    scale,
    axis: { format: '%', tickCount: 6 },
  };
  const y = {
    type: 'quantitative' as const,
    title: 'share with the event',
    scale,
    axis: { format: '%', tickCount: 6 },
  };
  const color = colourOf(names);
  return figure(
    { title, subtitle, note: noteOf(drawn, models) },
    {
      width: 420,
      height: 380,
      data: { values },
      layer: [
        {
          data: {
            values: [
              { x: 0, y: 0 },
              { x: end, y: end },
            ],
          },
          mark: { type: 'line', strokeDash: [4, 4], color: COLOURS.reference, strokeWidth: 1 },
          encoding: { x: { ...x, field: 'x' }, y: { ...y, field: 'y' } },
        },
        {
          mark: { type: 'rule', strokeWidth: 1.5 },
          encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color },
        },
        { mark: { type: 'line', strokeWidth: 1 }, encoding: { x, y: { ...y, field: 'observed' }, color } },
        {
          mark: { type: 'point', filled: true, size: 50, opacity: 1 },
          encoding: {
            x,
            y: { ...y, field: 'observed' },
            color,
            tooltip: [
              { field: 'label', type: 'nominal', title: 'model' },
              { field: 'predicted', type: 'quantitative', format: '.1%' },
              { field: 'observed', type: 'quantitative', format: '.1%' },
            ],
          },
        },
      ],
    },
  );
}

interface Steps extends StepCurve {
  readonly values: ArrayLike<number>;
}

interface StepAxes extends SurvivalChartOptions {
  /** What curves begin with, at time 0. */
  readonly start: number;
  readonly y: { readonly title: string; readonly scale: object; readonly axis: { readonly format: string } };
}

function stepChart(
  chart: string,
  curves: readonly Steps[],
  { title, subtitle, time = 'time', start, y }: StepAxes,
): ChartSpec {
  requireSome(chart, 'curves', curves);
  const drawn = curves.slice(0, PALETTE.length);
  const names = labelsOf(drawn);
  const points = drawn.flatMap((curve, i) => stepsOf(chart, curve, names[i], start));
  const last = Math.max(...points.map((point) => point.time));
  const step = tickStep(last > 0 ? last : 1);
  const end = last > 0 ? last : 1;
  const ticks = Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, k) => k * step);
  const scale = { domain: [0, end], nice: false };
  const x = {
    field: 'time',
    type: 'quantitative' as const,
    title: time,
    scale,
    axis: { values: ticks, format: '.6~g' },
  };
  const color = colourOf(names);
  const quantity = { type: 'quantitative' as const, ...y };
  const main = {
    width: WIDTH,
    height: HEIGHT,
    data: { values: points },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.lower)' }],
        mark: { type: 'area' as const, interpolate: 'step-after' as const, opacity: 0.16 },
        encoding: {
          x,
          y: { ...quantity, field: 'lower' },
          y2: { field: 'upper' },
          color,
        },
      },
      {
        mark: { type: 'line' as const, interpolate: 'step-after' as const, strokeWidth: 2 },
        encoding: {
          x,
          y: { ...quantity, field: 'value' },
          color,
          tooltip: [
            { field: 'label', type: 'nominal' as const, title: 'group' },
            { field: 'time', type: 'quantitative' as const, title: time, format: '.4~g' },
            { field: 'value', type: 'quantitative' as const, title: y.title, format: '.3f' },
          ],
        },
      },
    ],
  };
  const numbers = drawn.flatMap((curve, i) =>
    curve.atRisk
      ? ticks.map((tick) => ({
          label: names[i],
          colour: PALETTE[i],
          time: tick,
          count: countAt(curve, tick),
        }))
      : [],
  );
  const heading = { title, subtitle, note: noteOf(drawn, curves) };
  if (numbers.length === 0) return figure(heading, main);
  const table = {
    title: { text: 'at risk', fontSize: 12, fontWeight: 'normal' as const, offset: 4 },
    width: WIDTH,
    height: ROW * names.length,
    data: { values: numbers },
    mark: { type: 'text' as const, fontSize: 11 },
    encoding: {
      x: { ...x, axis: null },
      y: {
        field: 'label',
        type: 'nominal' as const,
        title: null,
        sort: null,
        axis: { domain: false, ticks: false, labelPadding: 22 },
      },
      text: { field: 'count', type: 'nominal' as const },
      // A scale of its own: one that is shared would take the legend away.
      color: { field: 'colour', type: 'nominal' as const, scale: null },
    },
  };
  return figure(heading, {
    vconcat: [main, table],
    bounds: 'flush',
    spacing: 66,
  });
}

/** The points at which a curve steps, from its start at 0 on. */
function stepsOf(chart: string, curve: Steps, label: string, start: number) {
  const { times, values, lower, upper, atRisk } = curve;
  requireSome(chart, `times of "${label}"`, times);
  for (const [what, each] of Object.entries({ values, lower, upper, atRisk })) {
    if (each === undefined) continue;
    requireSameLength(chart, ['times', `${what} of "${label}"`], times, each);
    requireFinite(chart, `${what} of "${label}"`, each);
  }
  requireFinite(chart, `times of "${label}"`, times);
  const hasBand = lower !== undefined && upper !== undefined;
  const band = (low: number, high: number) => (hasBand ? { lower: low, upper: high } : {});
  return [
    { label, time: 0, value: start, ...band(start, start) },
    ...thinCurve(times, values, MAX_POINTS).map((k) => ({
      label,
      time: times[k],
      value: values[k],
      ...band(lower?.[k] ?? 0, upper?.[k] ?? 0),
    })),
  ];
}

/** The number at risk at `time`: that of the first step from there on, and 0 after the last. */
function countAt({ times, atRisk }: Steps, time: number): string {
  const next = Array.from(times).findIndex((each) => each >= time);
  return Math.round(next < 0 ? 0 : (atRisk?.[next] ?? 0)).toLocaleString('en');
}

/** Vega groups lines by their labels in an object, and so takes names that all objects have, such as `__proto__`, for something else. */
function labelsOf(drawn: readonly { readonly name: string }[]): string[] {
  return shownNames(drawn.map(({ name }) => name)).map((name) => (name in {} ? `${name} ` : name));
}

function colourOf(names: readonly string[]) {
  return {
    field: 'label',
    type: 'nominal' as const,
    title: null,
    sort: null,
    scale: { domain: [...names], range: PALETTE.slice(0, names.length) },
    legend: names.length > 1 ? { orient: 'top' as const, columns: 3, symbolOpacity: 1 } : null,
  };
}

function noteOf(drawn: readonly unknown[], all: readonly unknown[]): string | undefined {
  return othersNote(`the first ${drawn.length}`, all.length - drawn.length);
}
