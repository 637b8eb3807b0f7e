import type { Table } from '@churn/core';
import { type ConvertOptions, convertRecords } from './convert-records.js';
import { type InvalidValuesOptions, settleInvalidValues } from './invalid-value-policy.js';
import type { Records } from './records.js';
import { violationError } from './violation.js';

export interface ToTableOptions extends ConvertOptions, InvalidValuesOptions {}

/**
 * Converts records to a table.
 *
 * Columns that the schema does not know are what `inspectRecords` finds. Categories have one spelling and stand in order of first
 * appearance. A column without a name is called `Unnamed: <position>`.
 *
 * @throws `column-name` if one of `columns` is not in the file; `invalid-data` if values do not fit their columns, with all of these
 * columns, lines and the values in one message.
 */
export function toTable(records: Records, options: ToTableOptions = {}): Table {
  const converted = convertRecords(records, options);
  const { refused, note } = settleInvalidValues(converted, records.lines, options);
  if (refused.length > 0) throw violationError(records.source, refused, '', note);
  return converted.table;
}
