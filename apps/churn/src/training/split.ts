import { ChurnError, type Labels, type Table } from '@churn/core';
import { takeRecords } from '@churn/io';
import { stratifiedSample, trainTestSplit } from '@churn/selection';
import type { Config } from '../config/config.js';
import { type Dataset, inLines } from './data.js';

/** Labelled rows, with the lines of the file that they come from. */
export interface LabelledRows {
  readonly x: Table;
  readonly y: Labels;
  readonly source: string;
  readonly lines: ArrayLike<number>;
}

export interface Split {
  /** What is learned from, and chosen by. */
  readonly train: LabelledRows;
  /** What takes no part in any choice. */
  readonly test: LabelledRows;
  /** The numbers of the test rows in the data. */
  readonly testRows: Int32Array;
  /** Records of some test rows. */
  readonly sample: Dataset['records'];
}

/**
 * Splits the data into rows for training and for the test, each with the shares of the classes that all rows have.
 * @throws `invalid-target` where a class has fewer rows for training than there are folds.
 */
export function splitData(
  data: Dataset,
  { split, seed, crossValidation, output }: Pick<Config, 'split' | 'seed' | 'crossValidation' | 'output'>,
): Split {
  const rows = trainTestSplit(data.labels, { testSize: split.testSize, seed });
  const train = labelledRows(data, rows.train);
  const test = labelledRows(data, rows.test);
  requireInEachFold(train.y, crossValidation.folds);
  const size = Math.min(output.sample.rows, test.y.length);
  const sampled = stratifiedSample(test.y, { size, seed }).map((row) => rows.test[row]);
  return { train, test, testRows: rows.test, sample: takeRecords(data.records, sampled) };
}

/** Does `work` on rows; what it cannot work with is told by the lines of the file. */
export function onRows<T>(rows: LabelledRows, work: (rows: LabelledRows) => T): T {
  try {
    return work(rows);
  } catch (error) {
    throw inLines(error, rows);
  }
}

function labelledRows({ features, labels, records }: Dataset, rows: Int32Array): LabelledRows {
  const { source, lines } = takeRecords(records, rows);
  return { x: features.take(rows), y: labels.take(rows), source, lines };
}

function requireInEachFold(y: Labels, folds: number): void {
  const counts = y.counts();
  const code = counts.findIndex((count) => count < folds);
  if (code < 0) return;
  throw new ChurnError(
    'invalid-target',
    `class ${JSON.stringify(y.classes[code])} has ${counts[code]} of the training rows, too few for ${folds} folds: ` +
      'join it with another class, leave its rows out, or lower crossValidation.folds',
  );
}
