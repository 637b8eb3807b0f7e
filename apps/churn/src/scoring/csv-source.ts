import { ChurnError } from '@churn/core';
import { type CsvBatch, csvRecordFormatter, readCsvBatches } from '@churn/io';
import { type Misfit, misfitText } from './misfit.js';
import { recordTable } from './record-table.js';
import type { RejectedRow, RowBatch, RowSource } from './row-source.js';
import type { ScoringModel } from './scoring-model.js';

/** Rows of CSV. Those with text in a numeric column of the model are rejected, as those with too few or too many fields. */
export function csvSource(name: string, chunks: AsyncIterable<Uint8Array>, scoring: ScoringModel): RowSource {
  return {
    name,
    async *batches(added) {
      let isFirst = true;
      for await (const batch of readCsvBatches(chunks, { source: name, delimiter: scoring.delimiter })) {
        if (isFirst) refuseScored(name, batch.header, added);
        yield toBatch(batch, scoring, isFirst ? added : undefined);
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
  { columns, missingValues, delimiter }: ScoringModel,
  head: readonly string[] | undefined,
): RowBatch {
  const { table, misfits } = recordTable(columns, csv, missingValues);
  const record = csvRecordFormatter({ delimiter });
  const unfit = new Map<number, Misfit[]>();
  for (const { row, ...misfit } of misfits) unfit.set(row, [...(unfit.get(row) ?? []), misfit]);
  const kept = Array.from(csv.records.keys()).filter((row) => !unfit.has(row));
  const rejected: RejectedRow[] = csv.rejected.map(({ line, reason, text }) => ({ line, reason, row: text }));
  for (const [row, all] of unfit) {
    rejected.push({ line: csv.lines[row], reason: misfitText(all), row: csv.texts[row] });
  }
  return {
    table: unfit.size > 0 ? table.take(kept) : table,
    lines: kept.map((row) => csv.lines[row]),
    rejected: rejected.sort((a, b) => a.line - b.line),
    format(values) {
      const header = head ? `${record([...csv.header, ...head])}\n` : '';
      const lines = kept.map(
        (row, i) => `${csv.texts[row]}${delimiter}${record(values.map((column) => column[i]))}\n`,
      );
      return header + lines.join('');
    },
  };
}
