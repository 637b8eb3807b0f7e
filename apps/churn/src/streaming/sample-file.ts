import { ChurnError, missingColumn, Random } from '@churn/core';
import { columnNames, csv, type DatasetSchema, type FileRecords, type RecordBatch } from '@churn/io';
import { type DataConfig, dataName } from '../config/config.js';
import { fileFormat } from '../input.js';
import { fileSha256 } from '../runs/file-sha256.js';

/** A random sample of a file's records, and the targets of all its rows. */
export interface SampledFile {
  /** The records, in order. */
  readonly records: FileRecords;
  /** The number of rows of the file. */
  readonly rows: number;
  /** The raw values of the target: the number of rows with each, and the line of the first. */
  readonly targets: ReadonlyMap<unknown, SeenTarget>;
}

interface SeenTarget {
  rows: number;
  readonly line: number;
}

/** The maximum number of distinct values of a classification target. */
const MAX_TARGETS = 10_000;

/**
 * Streams a file and keeps a uniform random sample of its records (J. S. Vitter, "Random sampling with a reservoir", 1985).
 *
 * @param schema the known columns.
 * @throws `invalid-file` for an invalid record, naming its line; `column-name` if the target is missing; `invalid-target` if it has too
 * many values.
 */
export async function sampleFile(
  data: DataConfig,
  schema: DatasetSchema,
  { sampleRows, seed }: { readonly sampleRows: number; readonly seed: number },
): Promise<SampledFile> {
  const file = dataName(data);
  const format = fileFormat(file);
  requireNames(data, file);
  const hash = fileSha256(file);
  // A rejection is reported below.
  hash.catch(() => undefined);
  const random = new Random(seed, 'rows to choose by');
  const drawn: { record: readonly unknown[]; line: number }[] = [];
  const targets = new Map<unknown, SeenTarget>();
  let rows = 0;
  let head: RecordBatch | undefined;
  const { delimiter, encoding } = data;
  const source = await format.open(file, { delimiter, encoding });
  // The header of CSV names its columns.
  for await (const batch of source.batches(format === csv ? [] : schema, [])) {
    const [amiss] = batch.rejected;
    if (amiss) throw new ChurnError('invalid-file', `${file}, line ${amiss.line}: ${amiss.reason}`);
    head ??= batch;
    const position = columnNames(batch.header).indexOf(data.target);
    if (position < 0) {
      const required = data.columns?.map(({ name }) => name);
      const { message } = missingColumn(data.target, columnNames(batch.header), required);
      throw new ChurnError('column-name', `${file}: target ${message}`);
    }
    const { records, lines } = batch;
    for (let i = 0; i < records.length; i++) {
      const place = rows < sampleRows ? rows : random.int(rows + 1);
      rows++;
      if (place < sampleRows) drawn[place] = { record: records[i].map(owned), line: lines[i] };
      const seen = targets.get(records[i][position]);
      if (seen) seen.rows++;
      else targets.set(owned(records[i][position]), { rows: 1, line: lines[i] });
    }
    if (targets.size > MAX_TARGETS) {
      throw new ChurnError(
        'invalid-target',
        `${file}: expected classes in the target "${data.target}", got more than ${MAX_TARGETS} different values`,
      );
    }
  }
  drawn.sort((a, b) => a.line - b.line);
  const { header, isTyped, delimiter: between } = head as RecordBatch;
  return {
    records: {
      source: file,
      header,
      records: drawn.map(({ record }) => record),
      lines: Int32Array.from(drawn, ({ line }) => line),
      ...(isTyped && { isTyped }),
      ...(between !== undefined && { delimiter: between }),
      sha256: await hash,
    },
    rows,
    targets,
  };
}

/** @throws `invalid-parameter` if the columns are unknown before all rows are read. */
function requireNames({ columns }: DataConfig, file: string): void {
  if (columns !== undefined || fileFormat(file) === csv) return;
  throw new ChurnError(
    'invalid-parameter',
    `data.columns: expected the columns of ${file}, since training streams its rows; declare them by churn init`,
  );
}

/** Copies a text, since a substring would keep the whole text in memory. */
function owned(value: unknown): unknown {
  return typeof value === 'string' && value.length > 12
    ? Buffer.from(value, 'utf16le').toString('utf16le')
    : value;
}
