import { curveChart } from './curve-chart.js';
import type { ChartSpec, ChartTitle } from './figure.js';

/** How often the intervals of a model hold what came true. */
export interface NamedCoverage {
  readonly name: string;
  /** The coverages that were asked for, from 0 to 1. */
  readonly nominal: ArrayLike<number>;
  /** The share of rows whose amount lies in its interval, for each of these. */
  readonly observed: ArrayLike<number>;
}

/**
 * Whether intervals hold as often as they say: on the diagonal they do, and below it they are too narrow.
 *
 * @throws `invalid-data` if there is no model, or one without points, of unequal lengths or of numbers that are not finite.
 */
export function coverageChart(
  models: readonly NamedCoverage[],
  {
    title = 'Coverage of intervals',
    subtitle = 'on the dashed line, intervals hold as often as they say; below it they are too narrow',
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
