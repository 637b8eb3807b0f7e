import { type Cell, ChurnError } from '@churn/core';
import { type CsvBatch, formatCsv, readCsvBatches } from '@churn/io';
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
      for await (const batch of readCsvBatches(chunks, { source: name })) {
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
  { columns, missingValues }: ScoringModel,
  head: readonly string[] | undefined,
): RowBatch {
  const { table, misfits } = recordTable(columns, csv, missingValues);
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
      const header = head ? formatCsv([...csv.header, ...head], []) : '';
      const added = addedFields(values);
      return header + kept.map((row, i) => `${csv.texts[row]},${added[i]}\n`).join('');
    },
  };
}

/** The values added to each row, as its text goes on. */
function addedFields(values: readonly (readonly Cell[])[]): string[] {
  const [first] = values;
  const isPlain = values.every((column) => column.every((cell) => typeof cell === 'number'));
  if (isPlain) return first.map((_, i) => values.map((column) => column[i]).join(','));
  const names = values.map((_, j) => String(j));
  // One row at a time: a text may have line ends in it.
  const start = names.join(',').length + 1;
  return first.map((_, i) => formatCsv(names, [values.map((column) => column[i])]).slice(start, -1));
}
