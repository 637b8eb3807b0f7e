import { fourDigits, percent } from '@churn/eda';
import type { Driver } from '../explanation/drivers.js';
import type { ValueReport } from '../training/training-report.js';
import { cautions } from './class-conclusions.js';
import { driverText } from './driver-text.js';

/** The conclusions about regression models, in plain words. */
export function valueConclusions(
  { best, models, data }: ValueReport,
  target: string,
  drivers: readonly Driver[],
): string[] {
  const { test, interval } = models[best];
  const heldOut = `${data.test.toLocaleString('en')} rows that were not used in training`;
  const quality =
    test.r2 > 0
      ? `${best} explains ${percent(test.r2)} of the variance of ${target} among ${heldOut}.`
      : `${best} predicts ${target} no better than its mean would, on ${heldOut}.`;
  return [
    quality,
    `Its predictions are off by ${fourDigits(test.meanAbsoluteError)} on average, and by at most ${fourDigits(test.medianAbsoluteError)} for half of the rows.`,
    `The prediction interval contains the value of ${percent(test.coverage)} of these rows (nominal coverage ${percent(interval.coverage)}).`,
    ...driverText(drivers, 'the prediction'),
    ...cautions(data.warnings.length),
  ];
}
