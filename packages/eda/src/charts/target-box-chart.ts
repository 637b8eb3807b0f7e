import type { ValueRelation } from '../profile/value-relation.js';
import { drawnGroups } from './drawn-groups.js';
import { type ChartSpec, type ChartTitle, figure, requireAboveZero, requireSome } from './figure.js';
import { logAxis } from './log-axis.js';
import { shownName, shownNames } from './shown-names.js';
import { COLOURS } from './theme.js';

export interface TargetBoxOptions extends ChartTitle {
  /** The name of the target. Default `target`. */
  readonly target?: string;
  /** The scale of the target axis; `suitedScale` chooses one. Default `linear`. */
  readonly scale?: 'linear' | 'log';
}

/** So far beyond the outermost whiskers goes a logarithmic axis. */
const ROOM = 1.15;

/**
 * Box plots of the target by level or range of a column: quartiles, the median as a line, and whiskers to the outermost values within 1.5
 * interquartile ranges. Outliers are not shown. If there are more than 50 levels or ranges, those with the most rows are shown.
 *
 * @throws `invalid-data` if there is nothing to draw, and for a logarithmic scale if a whisker does not end above 0.
 */
export function targetBoxChart(
  { name, bins }: Pick<ValueRelation, 'name' | 'bins'>,
  {
    target = 'target',
    title = `${shownName(name)}: ${shownName(target)}`,
    subtitle = 'boxes: quartiles; whiskers: 1.5 interquartile ranges; outliers not shown',
    scale = 'linear',
  }: TargetBoxOptions = {},
): ChartSpec {
  requireSome('targetBoxChart', `levels or ranges of "${shownName(name)}"`, bins);
  const { drawn, labels, note } = drawnGroups(bins);
  const names = shownNames(labels);
  const values = drawn.map(({ box, rows }, i) => ({ label: names[i], rows, ...box }));
  const ends = [Math.min(...values.map(({ low }) => low)), Math.max(...values.map(({ high }) => high))];
  if (scale === 'log') requireAboveZero('targetBoxChart', ends);
  const x = {
    type: 'quantitative' as const,
    title: shownName(target),
    scale:
      scale === 'log'
        ? { type: scale, domain: [ends[0] / ROOM, ends[1] * ROOM], nice: false }
        : { zero: false },
    axis: scale === 'log' ? logAxis(ends) : { labelOverlap: 'greedy' as const },
  };
  const figureOf = (field: string, called: string) => ({
    field,
    type: 'quantitative' as const,
    title: called,
    format: ',.4~g',
  });
  return figure(
    { title, subtitle, note },
    {
      data: { values },
      width: 420,
      height: { step: 30 },
      encoding: {
        y: { field: 'label', type: 'nominal', sort: null, title: null },
        tooltip: [
          { field: 'label', type: 'nominal', title: shownName(name) },
          figureOf('low', 'lower whisker'),
          figureOf('q1', 'first quartile'),
          figureOf('median', 'median'),
          figureOf('q3', 'third quartile'),
          figureOf('high', 'upper whisker'),
          { field: 'rows', type: 'quantitative', title: 'rows', format: ',' },
        ],
      },
      layer: [
        {
          mark: { type: 'rule', color: COLOURS.line },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          mark: { type: 'bar', size: 16, color: COLOURS.neutral, stroke: COLOURS.line, strokeWidth: 0.8 },
          encoding: { x: { ...x, field: 'q1' }, x2: { field: 'q3' } },
        },
        {
          mark: { type: 'tick', size: 16, thickness: 2.5, color: COLOURS.line },
          encoding: { x: { ...x, field: 'median' } },
        },
      ],
    },
  );
}
