import { percent, type ShareGroup, shareChart, timelineChart } from '@churn/eda';
import { type ColumnCounts, type ColumnDrift, type NumericCounts, predictedNumbers } from '@churn/monitor';
import type { MonitoredWindow, MonitoringReport } from '../monitoring/monitoring-report.js';
import type { Observation } from '../monitoring/observe-rows.js';
import { beforeOf } from '../monitoring/performance-falls.js';
import { metricTitle } from '../reporting/metric-title.js';
import type { Figure } from './figure.js';

/** The maximum number of columns drawn. */
const MAX_DRAWN = 12;
/** The number of unchanged columns drawn if no column has drifted. */
const DRAWN_UNCHANGED = 3;
/** The number of groups that a column is divided into. */
const GROUPS = 10;

/** The figures of a monitoring page, by section. */
export interface MonitoringFigures {
  readonly columns: readonly Figure[];
  readonly scores: readonly Figure[];
  readonly windows: readonly Figure[];
}

export function monitoringFigures(report: MonitoringReport, { counts }: Observation): MonitoringFigures {
  const byName = new Map(counts.columns.map((each) => [each.reference.name, each]));
  const { model } = report;
  const { alerts, columns, scores } = report.drift;
  const drawn = columns.slice(0, alerts.length > 0 ? Math.min(MAX_DRAWN, alerts.length) : DRAWN_UNCHANGED);
  return {
    columns: drawn.flatMap((drift) => {
      const found = byName.get(drift.name);
      return found ? [distributionFigure(drift, shareGroups(found), drift.name)] : [];
    }),
    scores: predictedNumbers(counts)
      .slice(0, MAX_DRAWN)
      .flatMap((each, i) =>
        scores[i]
          ? [
              distributionFigure(
                scores[i],
                shareGroups(each, { isProbability: model.task !== 'value' }),
                PREDICTED[model.task](each.reference.name),
              ),
            ]
          : [],
      ),
    windows: windowFigures(report),
  };
}

/** The titles of predictions. */
const PREDICTED = {
  classes: (label: string) => `probability of “${label}”`,
  value: (name: string) => name,
  survival: (within: string) => `probability ${within}`,
};

function distributionFigure(drift: ColumnDrift, groups: readonly ShareGroup[], name: string): Figure {
  const psi = drift.psi === null ? '' : `population stability index ${drift.psi.toFixed(3)}`;
  return {
    id: name,
    section: 'columns',
    alt: `${name}: shares of its values in the reference and in the new rows. ${psi}`,
    chart: shareChart(groups, { title: name, subtitle: psi, series: ['reference', 'new rows'] }),
  };
}

/**
 * The shares of a few groups of a column's values, including missing ones.
 * @param isProbability whether to format numbers as percentages.
 */
export function shareGroups(
  counts: ColumnCounts,
  { isProbability = false }: { readonly isProbability?: boolean } = {},
): ShareGroup[] {
  const groups = counts.kind === 'numeric' ? numericGroups(counts, isProbability) : levelGroups(counts);
  const { missing } = counts.reference;
  const all =
    missing + counts.missing > 0
      ? [...groups, { label: 'missing', before: missing, now: counts.missing }]
      : groups;
  const total = (side: 'before' | 'now') => all.reduce((sum, group) => sum + group[side], 0) || 1;
  const [before, now] = [total('before'), total('now')];
  return all.map((group) => ({
    ...group,
    before: group.before / before,
    now: group.now / now,
  }));
}

/** Rows whose value is above `from` and at most `to`. */
interface Range {
  readonly from: number;
  to: number;
  before: number;
  now: number;
}

/** Groups of adjacent cells with about equally many rows of the reference; or single values if there are few. */
function numericGroups({ reference, counts }: NumericCounts, isProbability: boolean): ShareGroup[] {
  const { breakpoints, counts: before, isDiscrete, min } = reference;
  const last = breakpoints.length - 1;
  const isSingle = isDiscrete && breakpoints.length <= GROUPS + 2;
  const size = before.reduce((sum, count) => sum + count, 0) / GROUPS;
  const ranges: Range[] = [];
  let [from, was, is, passed, until] = [min, 0, 0, 0, size];
  breakpoints.forEach((to, cell) => {
    was += before[cell];
    is += counts[cell];
    passed += before[cell];
    if (!isSingle && cell !== last && passed < until) return;
    ranges.push({ from, to, before: was, now: is });
    [from, was, is] = [to, 0, 0];
    // A single cell may have the rows of several groups.
    until = size * (Math.floor(passed / size) + 1);
  });
  const text = isProbability ? percentAbove : distinctTexts(ranges.map(({ to }) => to));
  const groups = (isProbability ? joinedWhereAlike(ranges, text) : ranges).map((range, place) => ({
    label:
      isSingle || range.from === range.to
        ? text(range.to)
        : place === 0
          ? `up to ${text(range.to)}`
          : `${text(range.from)} to ${text(range.to)}`,
    before: range.before,
    now: range.now,
  }));
  const above = counts[breakpoints.length];
  if (above + before[breakpoints.length] > 0) {
    const label = last < 0 ? 'any value' : `above ${text(breakpoints[last])}`;
    groups.push({ label, before: before[breakpoints.length], now: above });
  }
  return groups;
}

/** Merges ranges whose formatted ends are equal into one: a model may be certain of most rows. */
function joinedWhereAlike(ranges: readonly Range[], text: (value: number) => string): Range[] {
  const joined: Range[] = [];
  for (const range of ranges) {
    const previous = joined.at(-1);
    if (previous && text(range.from) === text(range.to)) {
      previous.to = range.to;
      previous.before += range.before;
      previous.now += range.now;
    } else joined.push({ ...range });
  }
  return joined;
}

/** Rounded up, so that it remains an upper bound. */
function percentAbove(probability: number): string {
  return percent(Math.ceil(1000 * probability) / 1000);
}

/** Formats with three significant digits, or as many as are needed to distinguish the values. */
function distinctTexts(values: readonly number[]): (value: number) => string {
  for (let digits = 3; ; digits++) {
    const format = new Intl.NumberFormat('en', { maximumSignificantDigits: digits });
    const text = (value: number) => {
      const rounded = Number(value.toPrecision(digits));
      const size = Math.abs(rounded);
      const isPlain = size === 0 || (size >= 1e-3 && size < 1e6);
      return isPlain ? format.format(rounded) : rounded.toExponential();
    };
    if (digits === 15 || new Set(values.map(text)).size === values.length) return text;
  }
}

function levelGroups({ reference, counts, unseen }: ColumnCounts & { kind: 'category' }): ShareGroup[] {
  const { levels, counts: before, others } = reference;
  const order = Array.from(levels.keys()).sort(
    (a, b) => Math.max(counts[b], before[b]) - Math.max(counts[a], before[a]) || a - b,
  );
  const shown = order.slice(0, GROUPS);
  const rest = order.slice(GROUPS);
  const sum = (of: ArrayLike<number>) => rest.reduce((total, level) => total + of[level], 0);
  return [
    ...shown.map((level) => ({ label: levels[level], before: before[level], now: counts[level] })),
    ...(rest.length > 0 ? [{ label: `${rest.length} others`, before: sum(before), now: sum(counts) }] : []),
    ...(unseen + others > 0 ? [{ label: 'not in the reference', before: others, now: unseen }] : []),
  ];
}

function windowFigures({
  windows,
  estimated,
  realised,
  reference: { figures },
  model,
}: MonitoringReport): Figure[] {
  if (windows.length < 2) return [];
  const what = model.task === 'classes' ? 'score' : 'prediction';
  const main = model.task === 'classes' ? 'rocAuc' : (Object.keys(realised?.figures ?? {})[0] ?? '');
  const title = metricTitle(main);
  const points = performancePoints(windows, main);
  const reference =
    beforeOf({ estimated, figures: model.task === 'classes' ? null : figures }, main) ?? undefined;
  const kinds = model.task !== 'classes' ? 'realised' : realised ? 'estimated and the realised' : 'estimated';
  const psi = windows.flatMap(({ window, scorePsi }) =>
    scorePsi === null ? [] : [{ time: window, series: what, value: scorePsi }],
  );
  return [
    ...(points.length > 0
      ? [
          {
            id: 'windows_auc',
            section: 'models' as const,
            alt: `The ${kinds} ${title} over time`,
            chart: timelineChart(points, {
              title: `${title} over time`,
              ...(reference !== undefined && { subtitle: 'the dashed line is the reference', reference }),
              measure: title,
            }),
          },
        ]
      : []),
    ...(psi.length > 0
      ? [
          {
            id: 'windows_psi',
            section: 'models' as const,
            alt: `The population stability index of the ${what} over time`,
            chart: timelineChart(psi, {
              title: `Drift of the ${what} over time`,
              measure: 'population stability index',
            }),
          },
        ]
      : []),
  ];
}

function performancePoints(windows: readonly MonitoredWindow[], figure: string) {
  return (['estimated', 'realised'] as const).flatMap((series) =>
    windows.flatMap((each) => {
      const figures: MonitoredWindow['realised'] = each[series];
      const { value, lower, upper } = figures?.[figure] ?? { value: null, lower: null, upper: null };
      if (value === null) return [];
      const interval = lower === null || upper === null ? {} : { interval: [lower, upper] as const };
      return [{ time: each.window, series, value, ...interval }];
    }),
  );
}
