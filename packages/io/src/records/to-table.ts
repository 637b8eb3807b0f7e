import type { Table } from '@churn/core';
import { type ConvertOptions, convertRecords } from './convert-records.js';
import { type InvalidValuesOptions, settleInvalidValues } from './invalid-value-policy.js';
import type { Records } from './records.js';
import { violationError } from './violation.js';

export interface ToTableOptions extends ConvertOptions, InvalidValuesOptions {}

/**
 * Converts records to a table.
 *
 * The kinds of columns that are not in the schema are inferred as by `inspectRecords`. Categories are normalised to one spelling, with levels in order
 * of first appearance. A column without a name is called `Unnamed: <position>`.
 *
 * @throws `column-name` if one of `columns` is not in the file; `invalid-data` for invalid values, listing their columns, lines and values.
 */
export function toTable(records: Records, options: ToTableOptions = {}): Table {
  const converted = convertRecords(records, options);
  const { refused, note } = settleInvalidValues(converted, records.lines, options);
  if (refused.length > 0) throw violationError(records.source, refused, '', note);
  return converted.table;
}
