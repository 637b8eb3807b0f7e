import type { Target } from '@churn/core';
import { type Config, dataName } from '../config/config.js';
import type { Task } from '../task/task.js';
import type { Dataset, Split } from '../training/dataset.js';
import type { CommonReport } from '../training/training-report.js';

/** Describes the data and its split in one line. */
export function describeSplit<T extends Target>(
  task: Task<T>,
  { y, features, experiment, ...counts }: Dataset<T>,
  { train, test }: Split<T>,
  { data }: Pick<Config, 'data'>,
): string {
  const treated = experiment ? experiment.isTreated.length - y.length : 0;
  const leftOut = [...(treated > 0 ? [`without ${treated} treated`] : []), ...rowCounts(counts)];
  const without = leftOut.length > 0 ? ` (${leftOut.join(', ')})` : '';
  return (
    `${dataName(data)}: ${y.length} rows${without}, ${features.names.length} feature columns, ` +
    `${task.describe(y)}; ${train.y.length} rows for training, ${test.y.length} for testing`
  );
}

/** Describes rows that were dropped, or that are equal to others. */
export function rowCounts({
  duplicates,
  equalRows,
  unlabelled,
}: Pick<Dataset, 'duplicates' | 'equalRows' | 'unlabelled'>): string[] {
  return [
    ...(duplicates > 0 ? [`duplicates dropped: ${duplicates}`] : []),
    ...(unlabelled > 0 ? [`dropped without a label: ${unlabelled}`] : []),
    ...(equalRows > 0 ? [`equal to an earlier row, but kept: ${equalRows}`] : []),
  ];
}

/** States that metrics and saved models are of different rows, if so. */
export function learnedText({ refit }: Pick<CommonReport, 'refit'>): string {
  return refit
    ? ' The metrics are those of models fitted on the training rows; the saved models were then refitted on all rows.'
    : '';
}

/** The numbers of training and test rows. */
export function splitText({ data, refit }: Pick<CommonReport, 'data' | 'refit'>): string {
  const then = refit ? '; the saved models were then refitted on all rows' : '';
  const chosen =
    data.sampled === null
      ? ''
      : `; models and parameters were chosen on ${data.sampled.toLocaleString('en')} of them, drawn at random`;
  return `${data.train.toLocaleString('en')} rows for training, ${data.test.toLocaleString('en')} for testing${then}${chosen}`;
}
