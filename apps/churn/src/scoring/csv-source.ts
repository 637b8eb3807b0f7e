import { ChurnError, type ColumnKind, type FittedPipeline } from '@churn/core';
import { type CsvBatch, convertRecords, formatCsv, readCsvBatches } from '@churn/io';
import type { RejectedRow, RowBatch, RowSource } from './row-source.js';

/** Rows of CSV. Those with text in a numeric column of the model are rejected, as those with too few or too many fields. */
export function csvSource(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  model: FittedPipeline,
  missingValues: readonly string[],
): RowSource {
  return {
    name,
    async *batches(added) {
      let isFirst = true;
      for await (const batch of readCsvBatches(chunks, { source: name })) {
        if (isFirst) refuseScored(name, batch.header, added);
        yield toBatch(batch, model, missingValues, isFirst ? added : undefined);
        isFirst = false;
      }
    },
  };
}

/** @throws `invalid-file` where an input has a column that is to be added. */
export function refuseScored(name: string, columns: readonly string[], added: readonly string[]): void {
  const taken = added.find((column) => columns.includes(column));
  if (taken === undefined) return;
  throw new ChurnError(
    'invalid-file',
    `${name} already has a column "${taken}": it was scored before; remove it first`,
  );
}

/** @param head the columns added, where the header is to be written too. */
function toBatch(
  csv: CsvBatch,
  model: FittedPipeline,
  missingValues: readonly string[],
  head: readonly string[] | undefined,
): RowBatch {
  const kinds = new Map<string, ColumnKind>(model.schema.map(({ name, kind }) => [name, kind]));
  const { table, texts } = convertRecords(csv, { kinds, missingValues, columns: model.features });
  const reasons = new Map<number, string[]>();
  for (const [column, rows] of texts) {
    const position = csv.header.indexOf(column);
    for (const row of rows) {
      const reason = `column "${column}": expected a number, got ${JSON.stringify(csv.records[row][position])}`;
      reasons.set(row, [...(reasons.get(row) ?? []), reason]);
    }
  }
  const kept = Array.from(csv.records.keys()).filter((row) => !reasons.has(row));
  const records = kept.map((row) => csv.records[row]);
  const rejected: RejectedRow[] = csv.rejected.map(({ line, reason, fields }) => ({
    line,
    reason,
    row: lineOf(fields),
  }));
  for (const [row, all] of reasons) {
    rejected.push({ line: csv.lines[row], reason: all.join('; '), row: lineOf(csv.records[row]) });
  }
  return {
    table: reasons.size > 0 ? table.take(kept) : table,
    lines: kept.map((row) => csv.lines[row]),
    rejected: rejected.sort((a, b) => a.line - b.line),
    format(values) {
      const rows = records.map((record, i) => [...record, ...values.map((column) => column[i])]);
      const width = csv.header.length + values.length;
      if (head) return formatCsv([...csv.header, ...head], rows);
      // Formatted with a header, which says how many columns there are, and without it written.
      const text = formatCsv(new Array(width).fill('x'), rows);
      return text.slice(text.indexOf('\n') + 1);
    },
  };
}

function lineOf(fields: readonly string[]): string {
  const text = formatCsv(new Array(fields.length).fill('x'), [fields]);
  return text.slice(text.indexOf('\n') + 1, -1);
}
