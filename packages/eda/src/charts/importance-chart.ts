import { type ChartSpec, type ChartTitle, figure, requireSome } from './figure.js';
import { COLOURS } from './theme.js';

/** How much a model goes by a feature. */
export interface Importance {
  readonly feature: string;
  readonly mean: number;
  /** The standard deviation over trees or repeats, drawn as a line. */
  readonly std?: number;
}

export interface ImportanceChartOptions extends ChartTitle {
  /** How many features are shown, the most important ones. Default 25. */
  readonly top?: number;
  /** What the importance is, as the title of its axis. Default `importance`. */
  readonly measure?: string;
}

/** The most important features, the first on top. */
export function importanceChart(
  importances: readonly Importance[],
  { title = 'Feature importance', subtitle, top = 25, measure = 'importance' }: ImportanceChartOptions = {},
): ChartSpec {
  requireSome('importanceChart', 'features', importances);
  const shown = [...importances].sort((a, b) => b.mean - a.mean).slice(0, top);
  const more = importances.length - shown.length;
  const rows = shown.map(({ feature, mean, std }) => ({
    feature,
    mean,
    ...(std !== undefined && { low: mean - std, high: mean + std }),
  }));
  return figure(
    {
      title,
      subtitle:
        subtitle ?? (more > 0 ? `the first ${shown.length} of ${importances.length} features` : undefined),
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
