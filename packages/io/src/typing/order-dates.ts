import type { DatasetColumn, DatasetSchema } from '../dataset/dataset-schema.js';
import type { ValueOptions } from '../records/cell-reader.js';
import { missingValuesOf } from '../records/missing-values.js';
import { columnNames, type Records } from '../records/records.js';
import { dateEvidence } from './date-evidence.js';
import { tallyOf } from './tally.js';

/** A schema with the orders of dates, and the columns whose order is unknown. */
export interface OrderedDates {
  readonly schema: DatasetSchema;
  readonly undecided: readonly string[];
}

/** Infers undeclared orders of dates from all values of their columns. */
export function orderDates(from: Records, schema: DatasetSchema, options: ValueOptions): OrderedDates {
  const positions = new Map(columnNames(from.header).map((name, position) => [name, position]));
  const undecided: string[] = [];
  const ordered = schema.map((column): DatasetColumn => {
    const position = positions.get(column.name);
    if (column.kind !== 'date' || column.dateOrder !== undefined || position === undefined) return column;
    const tally = tallyOf(from.records.map((record) => record[position]));
    const { order, isSure } = dateEvidence(tally, missingValuesOf(column, options.missingValues));
    if (!isSure) undecided.push(column.name);
    return isSure && order !== undefined ? { ...column, dateOrder: order } : column;
  });
  return { schema: ordered, undecided };
}
