import { visibleText } from '@churn/core';
import { percent } from '@churn/eda';
import type { Driver } from '../explanation/drivers.js';
import type { TrainingReport } from '../training/training-report.js';
import { driverText } from './driver-text.js';
import { rowsAre } from './rows-are.js';
import { thresholdRange } from './threshold-text.js';
import { toldUplift, upliftConclusions } from './uplift-text.js';

/** What a model of classes found, in plain words. */
export function classConclusions(
  report: TrainingReport,
  { positive, predicts }: { readonly positive: string | undefined; readonly predicts: string },
  drivers: readonly Driver[],
): string[] {
  const { best, models, data } = report;
  const { test } = models[best];
  const rows = rowsAre(predicts);
  const told = toldUplift(report, positive, predicts);
  const heldOut = `${data.test.toLocaleString('en')} ${rows} that took no part in training`;
  const quality =
    positive === undefined
      ? [
          `${best} tells ${data.classes.length} classes apart: of ${heldOut}, it calls ${percent(test.accuracy)} by their right class.`,
        ]
      : binaryConclusions(report, positive, rows, heldOut);
  return [
    ...quality,
    ...driverText(drivers, 'the probability'),
    ...(told ? upliftConclusions(told) : []),
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
  const inAll = 1000 * share;
  const right = inAll * test.recall;
  const called = test.precision > 0 ? right / test.precision : 0;
  const range = thresholdRange(models[best]);
  const byGroup = groupThresholds ? `, by ${visibleText(groupThresholds.by)}` : '';
  const from = range ? `From a probability of ${range} on${byGroup}` : 'Where it is the likelier class';
  const [low, high] = test.rocAucInterval;
  return [
    `Among ${heldOut}, ${best} finds ${percent(test.recall)} of those that are “${positive}”, and ${percent(test.precision)} of its calls are right.`,
    `Of 1,000 ${rows}, about ${inAll.toFixed(0)} are “${positive}”. ${from}, the model calls ${called.toFixed(0)}: ${right.toFixed(0)} rightly and ${(called - right).toFixed(0)} wrongly. It misses ${(inAll - right).toFixed(0)}.`,
    `Of two ${rows}, one “${positive}” and one not, it gives the first the higher probability ${(100 * test.rocAuc).toFixed(1)} times in 100 (95% interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}).`,
  ];
}

/** Where a reader should be careful. */
export function cautions(warnings: number): string[] {
  if (warnings === 0) return [];
  return [
    warnings === 1
      ? 'There is a remark on the data to read before trusting this: see “The data”.'
      : `There are ${warnings} remarks on the data to read before trusting this: see “The data”.`,
  ];
}
