import type { Target } from '@churn/core';
import { takeRecords } from '@churn/io';
import { trainTestSplit } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Task } from '../task/task.js';
import type { Dataset, LabelledRows, Split } from './dataset.js';

/**
 * Splits the data into rows for training and for the test, each with the shares of classes or the range of values that all rows have.
 * @throws `invalid-target` where there are fewer rows for training than folds, of each class or in all.
 */
export function splitData<T extends Target>(
  task: Task<T>,
  data: Dataset<T>,
  { split, seed, crossValidation, output }: Pick<Config, 'split' | 'seed' | 'crossValidation' | 'output'>,
): Split<T> {
  const rows = trainTestSplit(data.y, { testSize: split.testSize, seed, stratify: true });
  const train = labelledRows(data, rows.train);
  const test = labelledRows(data, rows.test);
  task.requireInEachFold(train.y, crossValidation.folds);
  const size = Math.min(output.sample.rows, test.y.length);
  const sampled = task.sample(test.y, { size, seed }).map((row) => rows.test[row]);
  return { train, test, testRows: rows.test, sample: takeRecords(data.records, sampled) };
}

function labelledRows<T extends Target>(
  { features, y, records }: Dataset<T>,
  rows: Int32Array,
): LabelledRows<T> {
  const { source, lines } = takeRecords(records, rows);
  return { x: features.take(rows), y: y.take(rows) as T, source, lines };
}
