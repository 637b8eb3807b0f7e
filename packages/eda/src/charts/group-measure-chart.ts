import { fourDigits, percent } from '../format.js';
import {
  type ChartSpec,
  type ChartTitle,
  figure,
  othersNote,
  requireFinite,
  requireSameLength,
  requireSome,
} from './figure.js';
import { intervalMarks } from './interval-dots.js';
import { placesOfLargest } from './largest.js';
import { shownNames } from './shown-names.js';
import { COLOURS } from './theme.js';

/** A measure of groups of rows. */
export interface GroupMeasure {
  readonly name: string;
  /** Its figure for all rows, drawn as a dashed line. */
  readonly overall?: number;
  /** Whether it is a share. Default false. */
  readonly isShare?: boolean;
  /** How a figure is written in words. Default as a percentage of shares, and with four digits of others. */
  readonly text?: (value: number) => string;
}

/** Some rows, and the figure of each measure for them. */
export interface MeasuredGroup {
  readonly group: string;
  readonly rows: number;
  /** In the order of the measures; `null` if one is not defined for these rows. */
  readonly figures: readonly (MeasuredFigure | null)[];
}

interface MeasuredFigure {
  readonly value: number;
  /** Its confidence interval. */
  readonly interval?: readonly [low: number, high: number] | null;
}

const MAX_GROUPS = 40;
const PANELS_WIDTH = 640;

/**
 * Measures of a model by groups of rows: one panel per measure, each with its own scale, with a dot and an interval for each group. If
 * there are more than 40 groups, those with the most rows are shown, with a note.
 *
 * @throws `invalid-data` if there is no group or no measure, a group has not one figure for each measure, or a figure is not a finite
 * number.
 */
export function groupMeasureChart(
  groups: readonly MeasuredGroup[],
  measures: readonly GroupMeasure[],
  {
    title = 'Measures by group',
    subtitle = measures.some(({ overall }) => overall !== undefined)
      ? 'dashed lines: all rows; each panel has its own scale'
      : undefined,
  }: ChartTitle = {},
): ChartSpec {
  requireSome('groupMeasureChart', 'groups', groups);
  requireSome('groupMeasureChart', 'measures', measures);
  for (const { group, figures } of groups) {
    requireSameLength(
      'groupMeasureChart',
      [`figures of "${group.slice(0, 80)}"`, 'measures'],
      figures,
      measures,
    );
  }
  const drawn = placesOfLargest(
    groups.map(({ rows }) => rows),
    MAX_GROUPS,
  ).map((place) => groups[place]);
  const labels = shownNames(drawn.map(({ group }) => group));
  const panels = shownNames(measures.map(({ name }) => name));
  const isShare = measures.every((measure) => measure.isShare === true);
  const values = measures.flatMap((measure, order) =>
    drawn.map(({ rows, figures }, i) => ({
      order,
      measure: panels[order],
      group: labels[i],
      rows,
      ...cell(figures[order], measure),
    })),
  );
  return figure(
    {
      title,
      subtitle,
      note: othersNote(`the ${drawn.length} with the most rows`, groups.length - drawn.length),
    },
    {
      data: { values },
      facet: {
        column: {
          field: 'measure',
          type: 'nominal',
          title: null,
          sort: { field: 'order', op: 'min' },
          header: { labelFontWeight: 600 },
        },
      },
      spacing: 24,
      spec: {
        width: Math.round(PANELS_WIDTH / Math.max(2, measures.length)),
        height: { step: 30 },
        encoding: {
          y: { field: 'group', type: 'nominal', sort: null, title: null },
          x: {
            type: 'quantitative',
            title: null,
            axis: { labelOverlap: 'greedy', tickCount: 3, ...(isShare && { format: '~%' }) },
            scale: { zero: false },
          },
          tooltip: [
            { field: 'group', type: 'nominal', title: 'group' },
            { field: 'measure', type: 'nominal', title: 'measure' },
            { field: 'text', type: 'nominal', title: 'figure' },
            { field: 'between', type: 'nominal', title: 'interval' },
            { field: 'rows', type: 'quantitative', title: 'rows', format: ',' },
          ],
        },
        layer: [
          {
            transform: [
              { filter: 'isValid(datum.overall)' },
              { aggregate: [{ op: 'max', field: 'overall', as: 'overall' }], groupby: ['measure'] },
            ],
            mark: { type: 'rule', strokeDash: [4, 4], color: COLOURS.reference },
            encoding: { x: { field: 'overall', type: 'quantitative' }, y: {}, tooltip: null },
          },
          ...intervalMarks,
        ],
      },
      resolve: { scale: { x: 'independent' } },
    },
  );
}

/** The figure of a group as it is drawn and told; without one, the group keeps its line. */
function cell(
  figure: MeasuredFigure | null,
  { name, overall, isShare = false, text = isShare ? percent : fourDigits }: GroupMeasure,
) {
  const what = `figures of ${name}`;
  requireFinite('groupMeasureChart', what, overall === undefined ? [] : [overall]);
  if (!figure) return { text: 'not known', between: 'none', overall };
  const { value, interval } = figure;
  requireFinite('groupMeasureChart', what, [value, ...(interval ?? [])]);
  return {
    value,
    text: text(value),
    between: interval ? interval.map(text).join(' to ') : 'none',
    ...(interval && { low: interval[0], high: interval[1] }),
    overall,
  };
}
