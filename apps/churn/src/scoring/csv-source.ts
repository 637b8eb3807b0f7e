import { ChurnError } from '@churn/core';
import { type CsvBatch, csvRecordFormatter, isFormula, readCsvBatches } from '@churn/io';
import { type Misfit, misfitText } from './misfit.js';
import { recordTable } from './record-table.js';
import type { RejectedRow, RowBatch, RowSource } from './row-source.js';
import type { ScoringModel } from './scoring-model.js';

export interface CsvSourceOptions {
  /** Whether cells that a spreadsheet would run as formulas get a `'`; default `false`, as they came. */
  readonly escapeFormulas?: boolean;
}

/**
 * Rows of CSV. Those with text in a numeric column of the model are rejected, as those with too few or too many fields, or with bytes
 * that are no UTF-8. The others go out as they are written, with fields added at their end.
 */
export function csvSource(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  scoring: ScoringModel,
  options: CsvSourceOptions = {},
): RowSource {
  return {
    name,
    async *batches(added) {
      let isFirst = true;
      const { delimiter } = scoring;
      for await (const batch of readCsvBatches(chunks, {
        source: name,
        delimiter,
        rejectInvalidUtf8: true,
      })) {
        if (isFirst) refuseScored(name, batch.header, added);
        yield toBatch(batch, scoring, isFirst ? added : undefined, options);
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
  { escapeFormulas = false }: CsvSourceOptions,
): RowBatch {
  const { table, misfits } = recordTable(columns, csv, missingValues);
  const record = csvRecordFormatter({ delimiter, escapeFormulas });
  const unfit = new Map<number, Misfit[]>();
  for (const { row, ...misfit } of misfits) unfit.set(row, [...(unfit.get(row) ?? []), misfit]);
  const kept = Array.from(csv.records.keys()).filter((row) => !unfit.has(row));
  const rejected: RejectedRow[] = csv.rejected.map(({ line, reason, text }) => ({ line, reason, row: text }));
  for (const [row, all] of unfit) {
    rejected.push({ line: csv.lines[row], reason: misfitText(all), row: csv.texts[row] });
  }
  const written = (text: string, fields: readonly string[]) =>
    escapeFormulas && fields.some(isFormula) ? record(fields) : text;
  return {
    table: unfit.size > 0 ? table.take(kept) : table,
    lines: kept.map((row) => csv.lines[row]),
    rejected: rejected.sort((a, b) => a.line - b.line),
    text: (row) => csv.texts[kept[row]],
    format(rows, values) {
      const header = head ? `${written(csv.headerText, csv.header)}${delimiter}${record(head)}\n` : '';
      const lines = Array.from(rows, (row, i) => {
        const text = written(csv.texts[kept[row]], csv.records[kept[row]]);
        return `${text}${delimiter}${record(values.map((column) => column[i]))}\n`;
      });
      return header + lines.join('');
    },
  };
}
