import { ChurnError, type Target } from '@churn/core';
import type { Records } from '@churn/io';
import type { LabelledRows } from './dataset.js';

/** Converts an error about table rows to one about lines of the file; other errors are unchanged. */
export function inLines(error: unknown, { source, lines }: Pick<Records, 'source' | 'lines'>): unknown {
  if (!ChurnError.is(error) || !error.faults?.length) return error;
  const [{ row, column, detail }, ...others] = error.faults;
  const where = column === undefined ? '' : `, column "${column}"`;
  const more = others.length > 0 ? `; ${others.length + 1} such rows in total` : '';
  return new ChurnError(error.code, `${source}, line ${lines[row]}${where}: ${detail}${more}`, {
    cause: error,
  });
}

/** Runs `work` on rows; errors name lines of the file. */
export function onRows<T extends Target, R>(rows: LabelledRows<T>, work: (rows: LabelledRows<T>) => R): R {
  try {
    return work(rows);
  } catch (error) {
    throw inLines(error, rows);
  }
}
