import { requireParameter } from '@churn/core';
import { type ChartSpec, type ChartTitle, figure, requireFinite, requireSome } from './figure.js';
import { shownNames } from './shown-names.js';
import { COLOURS } from './theme.js';

/** The importance of a feature for a model. */
export interface Importance {
  readonly feature: string;
  readonly mean: number;
  /** The standard deviation over trees or repeats, drawn as a line; omitted if it is not a number. */
  readonly std?: number;
}

export interface ImportanceChartOptions extends ChartTitle {
  /** The number of features to show, the most important ones. At least 1. Default 25. */
  readonly top?: number;
  /** The axis title. Default `importance`. */
  readonly measure?: string;
}

/**
 * Feature importance: the most important features, the first on top.
 *
 * @throws `invalid-data` if there is no feature, or a mean is not a finite number; `invalid-parameter` for `top`.
 */
export function importanceChart(
  importances: readonly Importance[],
  { title = 'Feature importance', subtitle, top = 25, measure = 'importance' }: ImportanceChartOptions = {},
): ChartSpec {
  requireSome('importanceChart', 'features', importances);
  requireParameter(Number.isInteger(top) && top >= 1, 'top', 'an integer of at least 1', top);
  requireFinite(
    'importanceChart',
    'means',
    importances.map(({ mean }) => mean),
  );
  const shown = [...importances].sort((a, b) => b.mean - a.mean).slice(0, top);
  const more = importances.length - shown.length;
  const names = shownNames(shown.map(({ feature }) => feature));
  const rows = shown.map(({ mean, std }, i) => ({
    feature: names[i],
    mean,
    ...(std !== undefined && Number.isFinite(std) && { low: mean - std, high: mean + std }),
  }));
  return figure(
    {
      title,
      subtitle,
      note: more > 0 ? `the first ${shown.length} of ${importances.length} features` : undefined,
    },
    {
      data: { values: rows },
      width: 440,
      height: { step: 24 },
      encoding: {
        y: { field: 'feature', type: 'nominal', sort: null, title: null },
        tooltip: [
          { field: 'feature', type: 'nominal' },
          { field: 'mean', type: 'quantitative', title: measure, format: '.4~g' },
        ],
      },
      layer: [
        {
          mark: { type: 'bar', color: COLOURS.negative, cornerRadiusEnd: 2 },
          encoding: { x: { field: 'mean', type: 'quantitative', title: measure } },
        },
        {
          transform: [{ filter: 'isValid(datum.low)' }],
          mark: { type: 'rule', color: COLOURS.line },
          encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        },
      ],
    },
  );
}
