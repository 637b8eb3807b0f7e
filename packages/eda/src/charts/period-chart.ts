import { fourDigits, percent } from '../format.js';
import type { TimeProfile } from '../profile/time-profile.js';
import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { shownName } from './shown-names.js';
import { COLOURS } from './theme.js';

const WIDTH = 520;

/**
 * The number of rows by period, and above it the share of the positive class or the mean value in each period, with 95 % intervals; the
 * dashed line is the overall value. Rows without a date, or in unlisted periods, are noted.
 *
 * @throws `invalid-data` if there is no period.
 */
export function periodChart(profile: TimeProfile, { title, subtitle }: ChartTitle = {}): ChartSpec {
  const { column, period, target, value, periods } = profile;
  requireSome('periodChart', 'periods', periods);
  const isShare = target?.kind === 'classes';
  const text = isShare ? percent : fourDigits;
  const measure = measureOf(profile);
  const x = {
    field: 'time',
    type: 'ordinal' as const,
    // The same places in both parts, for periods without rows too.
    scale: { type: 'band' as const, domain: periods.map(({ time }) => time), paddingInner: 0.15 },
    title: `${shownName(column)}, by ${period}`,
    axis: { labelAngle: -40, labelOverlap: 'greedy' as const },
  };
  const y = {
    type: 'quantitative' as const,
    title: measure,
    scale: { zero: false },
    ...(isShare && { axis: { format: '~%' } }),
  };
  const values = periods.map(({ time, rows, value: each, interval }) => ({
    time,
    rows,
    value: each,
    text: each === null ? 'none' : text(each),
    interval: interval ? interval.map(text).join(' to ') : 'none',
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
  }));
  const tooltip = [
    { field: 'time', type: 'nominal' as const, title: period },
    ...(target
      ? [
          { field: 'text', type: 'nominal' as const, title: measure },
          { field: 'interval', type: 'nominal' as const, title: 'interval' },
        ]
      : []),
    { field: 'rows', type: 'quantitative' as const, title: 'rows', format: ',' },
  ];
  const volume = {
    width: WIDTH,
    height: target ? 90 : 220,
    mark: { type: 'bar' as const, color: COLOURS.neutral },
    encoding: {
      x,
      y: {
        field: 'rows',
        type: 'quantitative' as const,
        title: 'rows',
        axis: { tickCount: 4, tickMinStep: 1 },
      },
      tooltip,
    },
  };
  const ofTarget = {
    width: WIDTH,
    height: 220,
    // The axis of the volume below serves both.
    encoding: { x: { ...x, title: null, axis: null } },
    layer: [
      {
        data: { values: [{ value }] },
        mark: { type: 'rule' as const, strokeDash: [4, 4], color: COLOURS.reference },
        encoding: { x: {}, y: { ...y, field: 'value' } },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'rule' as const, color: COLOURS.positive, strokeWidth: 2, opacity: 0.6 },
        encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
      },
      {
        mark: {
          type: 'line' as const,
          color: COLOURS.positive,
          strokeWidth: 2,
          point: { color: COLOURS.positive },
        },
        encoding: { y: { ...y, field: 'value' }, tooltip },
      },
    ],
  };
  const lines = target ? `${measure} with 95% intervals; dashed line: all rows` : undefined;
  return figure(
    {
      title: title ?? `${shownName(column)}: ${measure} by ${period}`,
      subtitle: subtitle ?? lines,
      note: leftOutNote(profile),
    },
    target ? { data: { values }, spacing: 8, vconcat: [ofTarget, volume] } : { data: { values }, ...volume },
  );
}

function measureOf({ target }: TimeProfile): string {
  if (!target) return 'rows';
  if (target.kind === 'classes') return `share of ${shownName(String(target.positive))}`;
  return `mean ${shownName(target.name ?? 'target')}`;
}

function leftOutNote({ missing, omittedRows }: TimeProfile): string | undefined {
  const parts = [
    ...(missing > 0 ? [`${missing.toLocaleString('en')} rows without a date`] : []),
    ...(omittedRows > 0 ? [`${omittedRows.toLocaleString('en')} rows of periods with fewer rows`] : []),
  ];
  return parts.length > 0 ? `not shown: ${parts.join(', ')}` : undefined;
}
