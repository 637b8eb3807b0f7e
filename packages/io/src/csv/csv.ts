import type { DatasetSchema } from '../dataset/dataset-schema.js';
import { readContent } from '../files/content.js';
import { openInput } from '../files/read-chunks.js';
import { refuseTaken } from '../records/added-columns.js';
import type { OpenOptions, RecordBatch, RecordFormat } from '../records/record-format.js';
import { detectDelimiter } from './detect-delimiter.js';
import { csvRecordFormatter, isFormula } from './format-csv.js';
import { parseCsv } from './parse-csv.js';
import { type CsvBatch, readCsvBatches } from './read-csv-batches.js';

/**
 * CSV, read as `parseCsv` and `readCsvBatches` do, compressed by gzip or Zstandard too. In batches, records with too few or too many
 * fields, with bytes that are no UTF-8, or that look like a footer, are rejected; the others go out as they are written, with fields added
 * at their end. Where no delimiter is given, the header tells it. What comes in another encoding goes out as UTF-8 with a byte order mark.
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
    const { delimiter, encoding } = options;
    return {
      name,
      async *batches(schema, added) {
        let head: readonly string[] | undefined = added.map((column) => column.name);
        const read = readCsvBatches(chunks, {
          ...{ source: name, delimiter, encoding, columns: namesOf(schema) },
          rejectInvalidUtf8: true,
        });
        for await (const batch of read) {
          if (head) refuseTaken(name, batch.header, added);
          yield toBatch(batch, options, head);
          head = undefined;
        }
      },
      end: () => '',
    };
  },
};

function namesOf(schema: DatasetSchema = []): string[] {
  return schema.map(({ name }) => name);
}

/** @param head the columns added, where the header is to be written too. */
function toBatch(
  batch: CsvBatch,
  { escapeFormulas = false }: OpenOptions,
  head?: readonly string[],
): RecordBatch {
  const { texts, records, delimiter, encoding, separatorText } = batch;
  const record = csvRecordFormatter({ delimiter, escapeFormulas });
  const written = (text: string, fields: readonly string[]) =>
    escapeFormulas && fields.some(isFormula) ? record(fields) : text;
  const mark = encoding === 'utf-8' ? '' : '\uFEFF';
  const separatorLine = separatorText === '' ? '' : `${separatorText}\n`;
  return {
    ...batch,
    rejected: batch.rejected.map(({ line, reason, text }) => ({ line, reason, row: text })),
    text: (place) => texts[place],
    write(places, added) {
      const header = head
        ? `${mark}${separatorLine}${written(batch.headerText, batch.header)}${delimiter}${record(head)}\n`
        : '';
      const lines = places.map((place, i) => {
        const text = written(texts[place], records[place]);
        return `${text}${delimiter}${record(added.map((column) => column[i]))}\n`;
      });
      return header + lines.join('');
    },
  };
}
