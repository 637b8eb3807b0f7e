import { curveChart } from './curve-chart.js';
import type { ChartSpec, ChartTitle } from './figure.js';

/** The coverage of a model's prediction intervals. */
export interface NamedCoverage {
  readonly name: string;
  /** The nominal coverages, from 0 to 1. */
  readonly nominal: ArrayLike<number>;
  /** The observed coverage for each of them: the share of true values inside their interval. */
  readonly observed: ArrayLike<number>;
}

/**
 * Observed against nominal coverage of prediction intervals: on the diagonal they agree; below it, intervals are too narrow.
 *
 * @throws `invalid-data` if there is no model, or one without points, of unequal lengths or of numbers that are not finite.
 */
export function coverageChart(
  models: readonly NamedCoverage[],
  {
    title = 'Coverage of intervals',
    subtitle = 'dashed line: nominal coverage; below it, intervals are too narrow',
  }: ChartTitle = {},
): ChartSpec {
  return curveChart(
    'coverageChart',
    models.map(({ name, nominal, observed }) => ({ name, x: nominal, y: observed })),
    {
      title,
      subtitle,
      x: 'nominal coverage',
      y: 'share of rows in their interval',
      points: true,
      reference: [
        [0, 0],
        [1, 1],
      ],
    },
  );
}
