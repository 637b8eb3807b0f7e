import {
  ChurnError,
  type Durations,
  integerParameter,
  isPlainObject,
  type Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  orNull,
  parameter,
  readOptions,
  required,
  requireParameter,
  square,
  type TargetLike,
  type TargetValues,
  textParameter,
  wilsonInterval,
  withDefault,
} from '@churn/core';
import { isFunction } from '../function-parameter.js';
import { bootstrapInterval } from '../metrics/bootstrap-interval.js';
import { type MetricOptions, metricParameters } from '../metrics/metric.js';
import type { Predictions } from '../metrics/predictions.js';
import { type AnyMetric, type ComparedRows, comparedRows } from './compared-groups.js';
import { ratioOf } from './disparity.js';
import { isRate, rateShare } from './rate-shares.js';
import { type GroupsLike, groupParameters, requireGroups } from './row-groups.js';

type AnyMetrics = Readonly<Record<string, AnyMetric>>;

const parameters = {
  ...metricParameters,
  ...groupParameters,
  /** The metrics by their names in the result, such as `{ recall, accuracy }`. */
  metrics: required({ ...parameter<AnyMetrics>('metrics by name', areMetrics), isPlain: false }),
  /** The group that the others are compared with. Default: all rows. */
  reference: textParameter(),
  /** The number of bootstrap resamples per group for an interval, at least 1; `null` for no intervals. Default 1000. */
  nResamples: withDefault(orNull(integerParameter({ from: 1 })), 1000),
  /** The confidence level of the intervals, between 0 and 1. Default 0.95. */
  confidenceLevel: withDefault(numberParameter({ above: 0, below: 1 }), 0.95),
  /** The random seed. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

function areMetrics(value: unknown): value is AnyMetrics {
  return isPlainObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isFunction);
}

/** The options of `metricsByGroup`; the metrics take the truth `T` and the predictions `P`. */
export interface MetricsByGroupOptions<N extends string, T, P>
  extends Omit<OptionsOf<typeof parameters>, 'metrics'> {
  /** The metrics by their names in the result, such as `{ recall, accuracy }`. */
  readonly metrics: Readonly<Record<N, (yTrue: T, predictions: P, options?: MetricOptions) => number>>;
}

type Interval = readonly [low: number, high: number];

/** A metric of some rows. */
export interface Figure {
  readonly value: number;
  /** `null` if none was requested, or resamples do not determine it. */
  readonly interval: Interval | null;
}

/** A metric of a group, compared with that of the reference. */
export interface GroupFigure extends Figure {
  /** The difference from the value of the reference. */
  readonly difference: number;
  /** The ratio to the value of the reference; `null` if one of them is negative. */
  readonly ratio: number | null;
}

/** The metrics of the rows of a group. */
export interface GroupMetrics<N extends string = string> {
  readonly group: string;
  readonly rows: number;
  /** `null` if the metric is undefined for these rows, such as recall without positive rows. */
  readonly metrics: Readonly<Record<N, GroupFigure | null>>;
}

/** The disparity between the groups with the lowest and the highest value. */
export interface Disparity {
  readonly lowest: string;
  readonly highest: string;
  /** The highest minus the lowest value. */
  readonly difference: number;
  /** Computed from both intervals (Zou and Donner, 2008); among many groups, some differ by chance. */
  readonly interval: Interval | null;
  /** The lowest divided by the highest value; `null` if one is negative. */
  readonly ratio: number | null;
}

/** Metrics of all rows and of each group. */
export interface MetricsByGroup<N extends string = string> {
  readonly overall: Readonly<Record<N, Figure>>;
  readonly groups: readonly GroupMetrics<N>[];
  /** `null` if fewer than two groups have the metric. */
  readonly disparity: Readonly<Record<N, Disparity | null>>;
}

/**
 * Metrics by groups of rows, with intervals and disparities (fairlearn's `MetricFrame`).
 *
 * ```ts
 * const { groups, disparity } = metricsByGroup(y, predicted, customers.column('Gender'), { metrics: { recall, selectionRate } });
 * groups[0]; // { group: 'F', rows: 512, metrics: { recall: { value: 0.81, interval: [0.72, 0.88], difference: -0.03, ratio: 0.96 }, … } }
 * ```
 *
 * Shares of rows (`accuracy`, `precision`, `recall`, `selectionRate`, `falsePositiveRate`) have Wilson intervals, all other metrics
 * bootstrap intervals within the group.
 *
 * @param predictions the input of the metrics: labels, one number per row, or one array of probabilities per class.
 * @param groups the column to group by, or one value per row; see `rowGroups` for how numbers and rare categories are grouped.
 * @throws `invalid-parameter` if an option is invalid, or `reference` is not a group; `invalid-data` if lengths differ; and the errors of
 * the metrics on all rows.
 */
export function metricsByGroup<N extends string, P extends Predictions>(
  yTrue: LabelsLike,
  predictions: P,
  groups: GroupsLike,
  options: MetricsByGroupOptions<N, Labels, P>,
): MetricsByGroup<N>;
export function metricsByGroup<N extends string>(
  yTrue: TargetValues,
  predictions: ArrayLike<number>,
  groups: GroupsLike,
  options: MetricsByGroupOptions<N, TargetValues, ArrayLike<number>>,
): MetricsByGroup<N>;
export function metricsByGroup<N extends string>(
  yTrue: Durations,
  risk: ArrayLike<number>,
  groups: GroupsLike,
  options: MetricsByGroupOptions<N, Durations, ArrayLike<number>>,
): MetricsByGroup<N>;
export function metricsByGroup<N extends string>(
  yTrue: TargetLike,
  predictions: Predictions,
  groups: GroupsLike,
  options: { readonly metrics: Readonly<Record<N, AnyMetric>> },
): MetricsByGroup<N> {
  const { metrics, reference, sampleWeight, nBins, minRows, maxGroups, ...interval } = readOptions(
    parameters,
    options,
  );
  const names = Object.keys(metrics) as N[];
  const rows = comparedRows(yTrue, predictions, { sampleWeight });
  const found = requireGroups(groups, rows.all.yTrue.length, { nBins, minRows, maxGroups });
  const byName = <V>(of: (name: N) => V) =>
    Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, V>;
  const overall = byName((name) => figureOf(metrics[name], rows.all, interval));
  const figures = found.map((group) => {
    const taken = rows.take(group.rows);
    return { ...group, figures: byName((name) => knownFigure(metrics[name], taken, interval)) };
  });
  const compared = figures.find(({ group }) => group === reference);
  const expected = `one of ${figures.map(({ group }) => group).join(', ')}`;
  requireParameter(reference === undefined || compared !== undefined, 'reference', expected, reference);
  const to = compared?.figures ?? overall;
  return {
    overall,
    groups: figures.map(({ group, rows, figures }) => ({
      group,
      rows: rows.length,
      metrics: byName((name) => besides(figures[name], to[name])),
    })),
    disparity: byName((name) =>
      disparityOf(figures.map(({ group, figures }) => ({ group, figure: figures[name] }))),
    ),
  };
}

type IntervalSettings = Readonly<{ nResamples: number | null; confidenceLevel: number; seed: number }>;

function figureOf(
  metric: AnyMetric,
  { yTrue, predictions, options }: ComparedRows,
  { nResamples, confidenceLevel, seed }: IntervalSettings,
): Figure {
  const value = metric(yTrue as never, predictions as never, options);
  if (nResamples === null) return { value, interval: null };
  const share = shareOf(metric, { yTrue, predictions, options });
  if (share) return { value, interval: wilsonInterval(share.successes, share.n, confidenceLevel) };
  const resampling = { ...options, nResamples, confidenceLevel, seed };
  try {
    const { low, high } = bootstrapInterval(metric as never, yTrue as Labels, predictions, resampling);
    return { value, interval: [low, high] };
  } catch (error) {
    // Of so few rows that a resample has no figure.
    if (ChurnError.is(error)) return { value, interval: null };
    throw error;
  }
}

/** `null` where a metric is not defined for the rows of a group, though it is for all rows. */
function knownFigure(metric: AnyMetric, rows: ComparedRows, settings: IntervalSettings): Figure | null {
  if (shareOf(metric, rows)?.n === 0) return null;
  try {
    const figure = figureOf(metric, rows, settings);
    return Number.isFinite(figure.value) ? figure : null;
  } catch (error) {
    if (ChurnError.is(error)) return null;
    throw error;
  }
}

/** What a metric divides by what, if it is a share of rows of two classes. */
function shareOf(metric: AnyMetric, { yTrue, predictions, options }: ComparedRows) {
  const isOfTwo = yTrue.kind === 'classes' && yTrue.classes.length === 2;
  return isOfTwo && isRate(metric) ? rateShare(metric)(yTrue, predictions as LabelsLike, options) : undefined;
}

function besides(figure: Figure | null, reference: Figure | null): GroupFigure | null {
  if (!figure) return null;
  const to = reference?.value ?? NaN;
  return { ...figure, difference: figure.value - to, ratio: known(ratioOf(figure.value, to)) };
}

function disparityOf(
  all: readonly { readonly group: string; readonly figure: Figure | null }[],
): Disparity | null {
  const sorted = all
    .flatMap(({ group, figure }) => (figure ? [{ group, ...figure }] : []))
    .sort((a, b) => a.value - b.value);
  if (sorted.length < 2) return null;
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  return {
    lowest: low.group,
    highest: high.group,
    difference: high.value - low.value,
    interval: differenceInterval(high, low),
    ratio: known(ratioOf(low.value, high.value)),
  };
}

/**
 * The interval of the difference of two figures by their own: Zou and Donner, "Construction of confidence limits about effect measures:
 * a general approach", 2008.
 */
function differenceInterval(a: Figure, b: Figure): Interval | null {
  if (!a.interval || !b.interval) return null;
  const difference = a.value - b.value;
  return [
    difference - distance(a.value - a.interval[0], b.interval[1] - b.value),
    difference + distance(a.interval[1] - a.value, b.value - b.interval[0]),
  ];
}

function known(ratio: number): number | null {
  return Number.isFinite(ratio) ? ratio : null;
}

/** `Math.hypot` differs between engines. */
function distance(x: number, y: number): number {
  return Math.sqrt(square(x) + square(y));
}
