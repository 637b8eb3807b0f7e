import { ChurnError, TargetValues } from '@churn/core';
import type { DataConfig } from '../config/config.js';
import { refuseTexts } from './odd-numbers.js';
import type { ReadTable } from './read-table.js';
import { leftOutNote, type ReadTarget, rowsWithTarget } from './rows-with-target.js';

type TargetConfig = Pick<DataConfig, 'target' | 'unlabelled'>;

/**
 * Reads the values of a table with the target column.
 * @throws `invalid-target` if a value is a text, infinite or missing, unless rows without one are dropped; if all values are equal.
 */
export function readValues(
  { table, records, columns }: Pick<ReadTable, 'table' | 'records' | 'columns'>,
  config: TargetConfig,
): ReadTarget<TargetValues> {
  const { target } = config;
  const { source } = records;
  refuseTexts(columns, target, 'target', source, config.unlabelled);
  const values = table.numeric(target);
  const isPresent = Array.from(values, (value) => !Number.isNaN(value));
  const rows = rowsWithTarget(isPresent, config, records);
  const y = TargetValues.from(Float64Array.from(rows, (row) => values[row]));
  refuseConstant(y, target, source);
  return { y, rows, warnings: leftOutNote(isPresent, config, records) };
}

function refuseConstant({ values }: TargetValues, target: string, source: string): void {
  if (values.some((value) => value !== values[0])) return;
  const received = values.length === 0 ? 'no rows' : `${values[0]} in all rows`;
  throw new ChurnError(
    'invalid-target',
    `${source}: expected different values in the target "${target}", got ${received}`,
  );
}
