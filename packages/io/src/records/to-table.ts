import type { Table } from '@churn/core';
import { convertRecords, type ToTableOptions } from './convert-records.js';
import type { Records } from './records.js';
import { misfitViolations, violationError } from './violation.js';

/**
 * Converts records to a table.
 *
 * A column whose kind is not given is numeric where all its present values are numbers, so also where it has no value at all; else it
 * holds categories. In CSV, decimal numbers are numbers; categories keep their text as it is, spaces included, and stand in order of
 * first appearance. A column without a name is called `Unnamed: <position>`.
 *
 * @throws `column-name` where one of `columns` is not in the file; `invalid-data` where values do not fit what `schema` says of their
 *   columns, with all of these columns, lines and the values in one message.
 */
export function toTable(records: Records, options: ToTableOptions = {}): Table {
  const { table, misfits } = convertRecords(records, options);
  if (misfits.length > 0) throw violationError(records.source, misfitViolations(misfits, records.lines));
  return table;
}
