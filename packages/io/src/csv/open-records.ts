import { ChurnError, missingColumn } from '@churn/core';
import { refuseTaken } from '../records/added-columns.js';
import type { OpenOptions, RecordBatch, RecordSource } from '../records/record-format.js';
import { columnNames, type Records } from '../records/records.js';
import { csvRecordFormatter } from './format-csv.js';

/** The maximum number of records per batch. */
const BATCH = 10_000;

/**
 * Opens records in memory as a source of batches. They are written as CSV, since formats such as Excel or a query result cannot be written back.
 *
 * ```ts
 * const source = readRows(openRecords(await queryRecords("select * from 'bookings/*.parquet'")), { schema });
 * ```
 */
export function openRecords(
  from: Records,
  { delimiter, escapeFormulas }: Pick<OpenOptions, 'delimiter' | 'escapeFormulas'> = {},
): RecordSource {
  const { source } = from;
  const names = columnNames(from.header);
  const format = csvRecordFormatter({ delimiter, escapeFormulas });
  return {
    name: source,
    async *batches(schema, added) {
      refuseTaken(source, names, added);
      const wanted = schema.map(({ name }) => name);
      const lacking = wanted.filter((name) => !names.includes(name));
      if (lacking.length > 0) {
        throw new ChurnError('column-name', `${source}: ${missingColumn(lacking, names, wanted).message}`);
      }
      const places = wanted.map((name) => names.indexOf(name));
      let head = `${format([...from.header, ...added.map(({ name }) => name)])}\n`;
      for (let start = 0; start < from.records.length; start += BATCH) {
        const records = from.records.slice(start, start + BATCH);
        const batch: RecordBatch = {
          source,
          header: wanted,
          records: records.map((record) => places.map((place) => record[place])),
          lines: Array.from(records, (_, i) => from.lines[start + i]),
          isTyped: from.isTyped,
          rejected: [],
          text: (i) => format(records[i]),
          write(rows, values) {
            const header = head;
            head = '';
            const lines = rows.map(
              (i, k) => `${format([...records[i], ...values.map((column) => column[k])])}\n`,
            );
            return header + lines.join('');
          },
        };
        yield batch;
      }
    },
    end: () => '',
  };
}
