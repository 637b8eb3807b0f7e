import { type ChartSpec, type ChartTitle, figure, requireFinite, requireSome } from './figure.js';
import { shownNames } from './shown-names.js';
import { COLOURS } from './theme.js';

/** A level or range of values, and its share of rows, before and now. */
export interface ShareGroup {
  readonly label: string;
  readonly before: number;
  readonly now: number;
}

export interface ShareChartOptions extends ChartTitle {
  /** The names of the two sets. Default `before` and `now`. */
  readonly series?: readonly [before: string, now: string];
}

/**
 * The shares that levels or ranges of values have in two sets of rows, side by side.
 *
 * @throws `invalid-data` if there is no group, or a share is not a finite number.
 */
export function shareChart(
  groups: readonly ShareGroup[],
  { title = 'Shares', subtitle, series = ['before', 'now'] }: ShareChartOptions = {},
): ChartSpec {
  requireSome('shareChart', 'groups', groups);
  requireFinite(
    'shareChart',
    'shares',
    groups.flatMap(({ before, now }) => [before, now]),
  );
  const names = shownNames(groups.map(({ label }) => label));
  const values = groups.flatMap(({ before, now }, i) => [
    { group: names[i], series: series[0], share: before },
    { group: names[i], series: series[1], share: now },
  ]);
  return figure(
    { title, subtitle },
    {
      data: { values },
      width: 520,
      height: 240,
      mark: 'bar',
      encoding: {
        x: { field: 'group', type: 'nominal', sort: null, title: null, axis: { labelAngle: -40 } },
        xOffset: { field: 'series', type: 'nominal', sort: null },
        y: { field: 'share', type: 'quantitative', title: 'share of rows', axis: { format: '~%' } },
        color: {
          field: 'series',
          type: 'nominal',
          sort: null,
          title: null,
          scale: { range: [COLOURS.negative, COLOURS.positive] },
          legend: { orient: 'top' },
        },
        tooltip: [
          { field: 'group', type: 'nominal', title: 'values' },
          { field: 'series', type: 'nominal', title: 'rows' },
          { field: 'share', type: 'quantitative', format: '.2%' },
        ],
      },
    },
  );
}
