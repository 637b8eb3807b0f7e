import type { TableSchema } from '@churn/core';
import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { readContent } from '../files/content.js';
import { openInput } from '../files/read-chunks.js';
import { refuseTaken } from '../records/added-columns.js';
import type { OpenOptions, RecordBatch, RecordFormat } from '../records/record-format.js';
import type { CsvRecordPart } from '../records/record-part.js';
import { detectDelimiter } from './detect-delimiter.js';
import { fieldsOfCells } from './fields.js';
import { csvRecordFormatter, isFormula } from './format-csv.js';
import { formatRows } from './format-rows.js';
import { parseCsv } from './parse-csv.js';
import { type CsvBatch, csvParts, readCsvPart } from './read-csv-batches.js';
import { scanCsvPart } from './scanned-batch.js';

/**
 * CSV, read as by `parseCsv` and `readCsvBatches`, optionally compressed with gzip or Zstandard. In batches, records with too few or too many
 * fields, with invalid UTF-8, or that look like a footer are rejected; the others are written unchanged, with fields added at the end. The
 * delimiter is detected from the header unless given. Input in another encoding is written as UTF-8 with a byte order mark.
 */
export const csv: RecordFormat = {
  name: 'csv',
  endings: ['.csv'],
  async read(file, { delimiter, encoding, schema } = {}) {
    const { bytes, sha256 } = await readContent(file);
    const between = delimiter ?? detectDelimiter(bytes, namesOf(schema));
    return { ...parseCsv(bytes, { source: file, delimiter: between, encoding }), sha256 };
  },
  async open(input, options = {}) {
    const { name, chunks } = await openInput(input, options.source);
    return {
      name,
      async *batches(schema, added) {
        for await (const part of partsOf(name, chunks, options, schema, added)) {
          yield readCsvBatch(part);
        }
      },
      parts: (schema, added) => partsOf(name, chunks, options, schema, added),
      end: () => '',
    };
  },
};

function namesOf(schema: DatasetSchema = []): string[] {
  return schema.map(({ name }) => name);
}

async function* partsOf(
  source: string,
  chunks: AsyncIterable<Uint8Array>,
  { delimiter, encoding, escapeFormulas = false }: OpenOptions,
  schema: DatasetSchema,
  added: TableSchema,
): AsyncGenerator<CsvRecordPart> {
  const columns = namesOf(schema);
  const parts = csvParts(chunks, {
    ...{ source, delimiter, encoding, columns },
    rejectInvalidUtf8: true,
  });
  let isHeadDue = true;
  for await (const part of parts) {
    if (isHeadDue) refuseTaken(source, part.head.header, added);
    const names = isHeadDue ? added.map((column) => column.name) : undefined;
    yield { format: 'csv', ...part, columns, added: names, escapeFormulas };
    isHeadDue = false;
  }
}

/** The records of a part. @throws `invalid-file` for a misplaced quote. */
export function readCsvBatch(part: CsvRecordPart): RecordBatch {
  const { head, columns, added: names, escapeFormulas } = part;
  const { source, header, headerText, delimiter, encoding, separatorText } = head;
  const record = csvRecordFormatter({ delimiter, escapeFormulas });
  const scanned = scanCsvPart(part, columns);
  let split: CsvBatch | undefined;
  const splitPart = () => {
    split ??= readCsvPart(part);
    return split;
  };
  const text = scanned?.text ?? ((place: number) => splitPart().texts[place]);
  const written = (own: string, fields: readonly string[], added: readonly unknown[]) => {
    const cells = escapeFormulas && fields.some(isFormula) ? record(fields) : own;
    return `${added.length > 0 ? cells + delimiter + record(added) : cells}\n`;
  };
  const headLines = () => {
    const mark = encoding === 'utf-8' ? '' : '\uFEFF';
    const separatorLine = separatorText === '' ? '' : `${separatorText}\n`;
    return names ? `${mark}${separatorLine}${written(headerText, header, names)}` : '';
  };
  return {
    source,
    header,
    delimiter,
    // Most readers do not need them.
    get records() {
      return splitPart().records;
    },
    lines: scanned?.lines ?? splitPart().lines,
    raw: scanned?.raw,
    rejected: scanned
      ? []
      : splitPart().rejected.map(({ line, reason, text: row }) => ({ line, reason, row })),
    text,
    write(places, added) {
      if (scanned && !escapeFormulas) {
        const options = { delimiter, isSingle: added.length === 1 };
        const fields = added.map((column) => fieldsOfCells(column, options));
        const rows = formatRows([scanned.records(places), ...fields], places.length, delimiter);
        return names ? Buffer.concat([Buffer.from(headLines()), rows]) : rows;
      }
      const rows = places.map((place, i) => {
        const fields = escapeFormulas ? splitPart().records[place] : [];
        return written(
          text(place),
          fields,
          added.map((column) => column[i]),
        );
      });
      return headLines() + rows.join('');
    },
  };
}
