import type { Target } from '@churn/core';
import { type Config, dataName } from '../config/config.js';
import type { Task } from '../task/task.js';
import type { Dataset, Split } from '../training/dataset.js';
import type { CommonReport } from '../training/training-report.js';

/** The data and its split, in one line. */
export function describeSplit<T extends Target>(
  task: Task<T>,
  { y, features, experiment, ...counts }: Dataset<T>,
  { train, test }: Split<T>,
  { data }: Pick<Config, 'data'>,
): string {
  const treated = experiment ? experiment.isTreated.length - y.length : 0;
  const told = [...(treated > 0 ? [`besides ${treated} treated`] : []), ...rowCounts(counts)];
  const without = told.length > 0 ? ` (${told.join(', ')})` : '';
  return (
    `${dataName(data)}: ${y.length} rows${without}, ${features.names.length} feature columns, ` +
    `${task.describe(y)}; ${train.y.length} rows for training, ${test.y.length} for testing`
  );
}

/** What is told of rows that were left out, or that repeat others. */
export function rowCounts({
  duplicates,
  equalRows,
  unlabelled,
}: Pick<Dataset, 'duplicates' | 'equalRows' | 'unlabelled'>): string[] {
  return [
    ...(duplicates > 0 ? [`duplicates dropped: ${duplicates}`] : []),
    ...(unlabelled > 0 ? [`dropped without a label: ${unlabelled}`] : []),
    ...(equalRows > 0 ? [`equal to an earlier one, and kept: ${equalRows}`] : []),
  ];
}

/** That figures and models are of different rows, if they are. */
export function learnedText({ refit }: Pick<CommonReport, 'refit'>): string {
  return refit
    ? ' The figures are those of models fitted on the training rows; the models saved were then fitted on all rows.'
    : '';
}

/** How many rows were learned from, and how many the models were tried on. */
export function splitText({ data, refit }: Pick<CommonReport, 'data' | 'refit'>): string {
  const then = refit ? '; the models saved were then fitted on all of them' : '';
  const chosen =
    data.sampled === null
      ? ''
      : `; models and parameters were chosen on ${data.sampled.toLocaleString('en')} of them, drawn at random`;
  return `${data.train.toLocaleString('en')} rows for training, ${data.test.toLocaleString('en')} for testing${then}${chosen}`;
}
