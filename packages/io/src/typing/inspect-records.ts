import type { DatasetColumn, DatasetSchema } from '../dataset/dataset-schema.js';
import type { ValueOptions } from '../records/cell-reader.js';
import { missingValuesOf } from '../records/missing-values.js';
import { type RawRecords, rawRecords } from '../records/raw-records.js';
import { columnNames, type Records } from '../records/records.js';
import type { ColumnEvidence } from './column-evidence.js';
import { type Inspected, inspectColumn, NEARLY_ALL, type TypedColumn, typeColumn } from './inspect-column.js';
import { type DecimalMark, type NumberEvidence, numberEvidence } from './number-evidence.js';

export interface InspectOptions extends ValueOptions {
  /** The columns to inspect, in this order; default all. */
  readonly columns?: readonly string[];
  /** The known columns, whose kinds are not inferred. */
  readonly schema?: DatasetSchema;
}

/**
 * Examines all values of records, and reports for each column its kind, the evidence for it, and whether to train on it.
 *
 * ```ts
 * for (const { column, decision, reason, warnings } of inspectRecords(await csv.read('customers.csv'))) { … }
 * ```
 */
export function inspectRecords(from: Records, options: InspectOptions = {}): readonly ColumnEvidence[] {
  return inspected(rawRecords(from), options).map(inspectColumn);
}

/** The kinds of columns, without the evidence. */
export function typeRecords(from: RawRecords, options: InspectOptions): readonly TypedColumn[] {
  return inspected(from, options).map(typeColumn);
}

function inspected(from: RawRecords, options: InspectOptions): readonly Inspected[] {
  const { schema = [] } = options;
  const { lines, header, delimiter } = from;
  const known = new Map(schema.map((column) => [column.name, column]));
  const positions = new Map(columnNames(header).map((name, position) => [name, position]));
  const missing = missingValuesOf({ kind: 'numeric' }, options.missingValues);
  const columns = (options.columns ?? [...positions.keys()]).flatMap((name) => {
    const position = positions.get(name);
    if (position === undefined) return [];
    const raw = from.column(position);
    const { tally } = raw;
    return [{ name, raw, declared: known.get(name), tally, numbers: numberEvidence(tally, missing) }];
  });
  const mark = fileMark(columns);
  return columns.map((column) => ({ ...column, lines, options, mark, delimiter }));
}

/** The decimal mark of the majority of columns that determine one; `undefined` if none does. */
function fileMark(
  columns: readonly { readonly numbers: NumberEvidence; readonly declared?: DatasetColumn }[],
): DecimalMark | undefined {
  let votes = 0;
  for (const { numbers, declared } of columns) {
    if (declared?.decimal === ',') votes++;
    const { mark, isSure, fits, present } = numbers;
    if (!declared && isSure && fits >= NEARLY_ALL * present) votes += mark === ',' ? 1 : -1;
  }
  if (votes === 0) return undefined;
  return votes > 0 ? ',' : '.';
}
