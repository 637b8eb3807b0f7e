import type { Labels, Table, Target } from '@churn/core';
import { takeRecords } from '@churn/io';
import { trainTestSplit } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Task } from '../task/task.js';
import { type Dataset, inLines } from './data.js';

/** Rows with their target, and the lines of the file that they come from. */
export interface LabelledRows<T extends Target = Labels> {
  readonly x: Table;
  readonly y: T;
  readonly source: string;
  readonly lines: ArrayLike<number>;
}

export interface Split<T extends Target = Labels> {
  /** What is learned from, and chosen by. */
  readonly train: LabelledRows<T>;
  /** What takes no part in any choice. */
  readonly test: LabelledRows<T>;
  /** The numbers of the test rows in the data. */
  readonly testRows: Int32Array;
  /** Records of some test rows. */
  readonly sample: Dataset['records'];
}

/**
 * Splits the data into rows for training and for the test; of classes, each with the shares that all rows have.
 * @throws `invalid-target` where there are fewer rows for training than folds, of each class or in all.
 */
export function splitData<T extends Target>(
  task: Task<T>,
  data: Dataset<T>,
  { split, seed, crossValidation, output }: Pick<Config, 'split' | 'seed' | 'crossValidation' | 'output'>,
): Split<T> {
  const rows = trainTestSplit(data.y, { testSize: split.testSize, seed });
  const train = labelledRows(data, rows.train);
  const test = labelledRows(data, rows.test);
  task.requireInEachFold(train.y, crossValidation.folds);
  const size = Math.min(output.sample.rows, test.y.length);
  const sampled = task.sample(test.y, { size, seed }).map((row) => rows.test[row]);
  return { train, test, testRows: rows.test, sample: takeRecords(data.records, sampled) };
}

/** Does `work` on rows; what it cannot work with is told by the lines of the file. */
export function onRows<T extends Target, R>(rows: LabelledRows<T>, work: (rows: LabelledRows<T>) => R): R {
  try {
    return work(rows);
  } catch (error) {
    throw inLines(error, rows);
  }
}

function labelledRows<T extends Target>(
  { features, y, records }: Dataset<T>,
  rows: Int32Array,
): LabelledRows<T> {
  const { source, lines } = takeRecords(records, rows);
  return { x: features.take(rows), y: y.take(rows) as T, source, lines };
}
