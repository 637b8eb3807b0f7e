import type { ColumnKind, Table } from '@churn/core';
import { type CsvRecords, convertRecords } from '@churn/io';
import { type Misfit, misfitDates } from './misfit.js';
import type { InputColumn } from './scoring-model.js';

/** Records as the table that a model needs, and what of them does not fit it, column by column. */
export interface RecordTable {
  readonly table: Table;
  readonly misfits: readonly (Misfit & { readonly row: number })[];
}

/**
 * Reads records of CSV by the schema of a model; other columns are passed over.
 * @throws `column-name` where a column of the model is not in the file.
 */
export function recordTable(
  columns: readonly InputColumn[],
  csv: CsvRecords,
  missingValues: readonly string[],
): RecordTable {
  const kinds = new Map<string, ColumnKind>(columns.map(({ name, kind }) => [name, kind]));
  const { table, texts } = convertRecords(csv, { kinds, missingValues, columns: [...kinds.keys()] });
  const misfits = Array.from(texts, ([column, rows]) => {
    const place = csv.header.indexOf(column);
    return Array.from(rows, (row) => {
      const detail = `expected a number, got ${JSON.stringify(csv.records[row][place])}`;
      return { row, column, detail };
    });
  });
  const noDates = columns
    .filter(({ isDate }) => isDate)
    .flatMap(({ name }) => misfitDates(table.category(name)).map((each) => ({ column: name, ...each })));
  return { table, misfits: [...misfits.flat(), ...noDates] };
}
