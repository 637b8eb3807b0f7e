import { ChurnError, missingColumn, Random } from '@churn/core';
import { columnNames, csv, type DatasetSchema, type FileRecords, type RecordBatch } from '@churn/io';
import { type DataConfig, dataName } from '../config/config.js';
import { fileFormat } from '../input.js';
import { fileSha256 } from '../runs/file-sha256.js';

/** Records of a file drawn at random, and what all of its rows have for a target. */
export interface SampledFile {
  /** In their order. */
  readonly records: FileRecords;
  /** How many rows the file has. */
  readonly rows: number;
  /** The values of the target as the file has them: how many rows have each, and the line of the first. */
  readonly targets: ReadonlyMap<unknown, SeenTarget>;
}

interface SeenTarget {
  rows: number;
  readonly line: number;
}

/** A target of more values than this is none of classes. */
const MOST_TARGETS = 10_000;

/**
 * Reads a file piece by piece, and keeps so many of its records, each with the same chance (J. S. Vitter, "Random sampling with a
 * reservoir", 1985).
 *
 * @param schema what is known of the columns.
 * @throws `invalid-file` for a record that is none, naming its line; `column-name` if the target is missing; `invalid-target` if it has
 * too many values.
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
  // A rejection is told below, at its turn.
  hash.catch(() => undefined);
  const random = new Random(seed, 'rows to choose by');
  const drawn: { record: readonly unknown[]; line: number }[] = [];
  const targets = new Map<unknown, SeenTarget>();
  let rows = 0;
  let head: RecordBatch | undefined;
  const { delimiter, encoding } = data;
  const source = await format.open(file, { delimiter, encoding });
  // The header of CSV tells its columns.
  for await (const batch of source.batches(format === csv ? [] : schema, [])) {
    const [amiss] = batch.rejected;
    if (amiss) throw new ChurnError('invalid-file', `${file}, line ${amiss.line}: ${amiss.reason}`);
    head ??= batch;
    const position = columnNames(batch.header).indexOf(data.target);
    if (position < 0) {
      const { message } = missingColumn(data.target, columnNames(batch.header));
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
    if (targets.size > MOST_TARGETS) {
      throw new ChurnError(
        'invalid-target',
        `${file}: expected classes in the target "${data.target}", got more than ${MOST_TARGETS} different values`,
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

/** @throws `invalid-parameter` if nothing tells the columns before all rows are read. */
function requireNames({ columns }: DataConfig, file: string): void {
  if (columns !== undefined || fileFormat(file) === csv) return;
  throw new ChurnError(
    'invalid-parameter',
    `data.columns: expected the columns of ${file}, since training streams its rows; declare them by churn init`,
  );
}

/** A text that is part of a longer one would keep all of that in memory. */
function owned(value: unknown): unknown {
  return typeof value === 'string' && value.length > 12
    ? Buffer.from(value, 'utf16le').toString('utf16le')
    : value;
}
