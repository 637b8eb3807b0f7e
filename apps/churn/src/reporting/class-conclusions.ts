import { visibleText } from '@churn/core';
import { percent } from '@churn/eda';
import type { Driver } from '../explanation/drivers.js';
import type { TrainingReport } from '../training/training-report.js';
import { driverText } from './driver-text.js';
import { rowsAre } from './rows-are.js';
import { thresholdRange } from './threshold-text.js';
import { upliftConclusions, upliftSummary } from './uplift-text.js';

/** The conclusions about classifiers, in plain words. */
export function classConclusions(
  report: TrainingReport,
  { positive, predicts }: { readonly positive: string | undefined; readonly predicts: string },
  drivers: readonly Driver[],
): string[] {
  const { best, models, data } = report;
  const { test } = models[best];
  const rows = rowsAre(predicts);
  const summary = upliftSummary(report, positive, predicts);
  const heldOut = `${data.test.toLocaleString('en')} ${rows} that were not used in training`;
  const quality =
    positive === undefined
      ? [
          `${best} predicts one of ${data.classes.length} classes: correctly for ${percent(test.accuracy)} of ${heldOut}.`,
        ]
      : binaryConclusions(report, positive, rows, heldOut);
  return [
    ...quality,
    ...driverText(drivers, 'the probability'),
    ...(summary ? upliftConclusions(summary) : []),
    ...cautions(data.warnings.length),
  ];
}

function binaryConclusions(
  { best, models }: TrainingReport,
  positive: string,
  rows: string,
  heldOut: string,
): string[] {
  const { test, classes, groupThresholds } = models[best];
  const share = classes.classes[1].support / (classes.classes[0].support + classes.classes[1].support);
  const found = 1000 * share * test.recall;
  // Rounded first, so that the parts add up to the totals shown.
  const inAll = Math.round(1000 * share);
  const right = Math.round(found);
  const wrong = test.precision > 0 ? Math.round(found / test.precision - found) : 0;
  const range = thresholdRange(models[best]);
  const byGroup = groupThresholds ? `, by ${visibleText(groupThresholds.by)}` : '';
  const from = range ? `At a threshold of ${range}${byGroup}` : 'If it is the more likely class';
  const [low, high] = test.rocAucInterval;
  return [
    `Of ${heldOut}, ${best} finds ${percent(test.recall)} of the “${positive}” rows (recall), and ${percent(test.precision)} of its “${positive}” predictions are correct (precision).`,
    `Of 1,000 ${rows}, about ${inAll} are “${positive}”. ${from}, the model predicts “${positive}” for ${right + wrong}: correctly for ${right}, wrongly for ${wrong}. It misses ${inAll - right}.`,
    `Of two rows, one “${positive}” and one not, the “${positive}” row has the higher probability ${(100 * test.rocAuc).toFixed(1)} times in 100 (ROC AUC; 95% interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}).`,
  ];
}

/** Cautions for the reader. */
export function cautions(warnings: number): string[] {
  if (warnings === 0) return [];
  return [
    warnings === 1
      ? 'Read the warning about the data before you rely on this: see “Data”.'
      : `Read the ${warnings} warnings about the data before you rely on this: see “Data”.`,
  ];
}
