import { arrowValues, ChurnError, firstRepeated, missingColumn } from '@churn/core';
import type * as Arrow from 'apache-arrow';
import { readBytes } from '../files/read-bytes.js';
import { openInput } from '../files/read-chunks.js';
import { sha256 } from '../files/sha256.js';
import { refuseTaken } from '../records/added-columns.js';
import type { RecordBatch, RecordFormat } from '../records/record-format.js';
import { requirePlausible } from '../records/require-plausible.js';
import { clipped, quoted } from '../text/quoted.js';
import { ArrowOutput } from './arrow-output.js';
import { type ArrowLibrary, loadArrow } from './load-arrow.js';

/** The maximum number of rows per batch. */
const BATCH = 10_000;

/**
 * Apache Arrow: the IPC file format, which is Feather 2, and the IPC stream format. The whole input is held in memory. Output has the same format,
 * with the input columns unchanged and added columns as numbers and text.
 *
 * It requires the package `apache-arrow`, and `fzstd` for files compressed with Zstandard.
 */
export const arrow: RecordFormat = {
  name: 'arrow',
  endings: ['.arrow', '.arrows', '.feather', '.ipc'],
  isColumnar: true,

  async read(file) {
    const bytes = await readBytes(file);
    const { table } = await readTable(bytes, file);
    const header = table.schema.fields.map(({ name }) => name);
    const records = recordsOf(table, header, file);
    const lines = records.map((_, i) => i + 1);
    return { source: file, header, records, lines, isTyped: true, sha256: sha256(bytes) };
  },

  async open(input, { source } = {}) {
    const { name, chunks } = await openInput(input, source);
    let output: ArrowOutput | undefined;
    let isFile = true;
    return {
      name,
      async *batches(schema, added) {
        const pieces: Uint8Array[] = [];
        for await (const chunk of chunks) pieces.push(chunk);
        const bytes = Buffer.concat(pieces);
        const { library, table, ...read } = await readTable(bytes, name);
        isFile = read.isFile;
        const present = table.schema.fields.map((field) => field.name);
        refuseTaken(name, present, added);
        const names = schema.map((column) => column.name);
        const lacking = names.filter((each) => !present.includes(each));
        if (lacking.length > 0) {
          throw new ChurnError('column-name', `${name}: ${missingColumn(lacking, present, names).message}`);
        }
        output = new ArrowOutput(library, added);
        for (const part of partsOf(table)) yield toBatch(name, part, names, output);
      },
      end: () => output?.end(isFile) ?? '',
    };
  },
};

interface ReadTable {
  readonly library: ArrowLibrary;
  readonly table: Arrow.Table;
  /** Whether it has the file format rather than the stream format. */
  readonly isFile: boolean;
}

/** @throws `invalid-file` if the bytes are not Arrow, are damaged or have no rows. */
async function readTable(bytes: Uint8Array, name: string): Promise<ReadTable> {
  const library = await loadArrow(`${name}: Arrow`);
  if (bytes.length === 0) throw new ChurnError('invalid-file', `${name}: empty, expected Arrow`);
  const isFile = hasMagic(bytes.subarray(0, MAGIC.length));
  if (isFile && !hasMagic(bytes.subarray(-MAGIC.length)))
    throw unreadable(name, new Error('it is truncated'));
  let table: Arrow.Table;
  try {
    table = library.tableFromIPC(bytes);
  } catch (error) {
    throw unreadable(name, error);
  }
  const repeated = firstRepeated(table.schema.fields.map((field) => field.name));
  if (repeated !== undefined) throw unreadable(name, new Error(`column ${quoted(repeated)} appears twice`));
  if (table.numCols === 0) throw new ChurnError('invalid-file', `${name}: no columns`);
  if (table.numRows === 0) throw new ChurnError('invalid-file', `${name}: no rows`);
  requirePlausible(name, { rows: table.numRows, columns: table.numCols, bytes: bytes.length });
  return { library, table, isFile };
}

const MAGIC = 'ARROW1';

function hasMagic(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).toString('latin1') === MAGIC;
}

function unreadable(name: string, error: unknown): ChurnError {
  const [why] = (error as Error).message.split('\n');
  return new ChurnError('invalid-file', `${name}: cannot be read as Arrow: ${clipped(why, 200)}`, {
    cause: error,
  });
}

/** The values of some columns as records. */
function recordsOf(
  from: Arrow.Table | Arrow.RecordBatch,
  names: readonly string[],
  source: string,
): (readonly unknown[])[] {
  const columns = names.map((name) => valuesOf(from, name, source));
  return Array.from({ length: from.numRows }, (_, row) => columns.map((column) => column[row]));
}

function valuesOf(from: Arrow.Table | Arrow.RecordBatch, name: string, source: string): readonly unknown[] {
  const vector = from.getChild(name);
  try {
    return vector === null ? [] : arrowValues(name, vector);
  } catch (error) {
    throw ChurnError.is(error)
      ? new ChurnError('invalid-file', `${source}: ${error.message}`, { cause: error })
      : unreadable(source, error);
  }
}

interface Part {
  readonly batch: Arrow.RecordBatch;
  /** The number of rows before it. */
  readonly before: number;
}

function* partsOf(table: Arrow.Table): Generator<Part> {
  let before = 0;
  for (const batch of table.batches) {
    for (let start = 0; start < batch.numRows; start += BATCH) {
      const part = batch.slice(start, start + BATCH);
      yield { batch: part, before };
      before += part.numRows;
    }
  }
}

function toBatch(
  source: string,
  { batch, before }: Part,
  names: readonly string[],
  output: ArrowOutput,
): RecordBatch {
  const records = recordsOf(batch, names, source);
  return {
    source,
    header: names,
    records,
    lines: records.map((_, row) => before + row + 1),
    isTyped: true,
    rejected: [],
    text: (row) => rowText(batch, row),
    write(rows, added) {
      output.write(batch, rows, added);
      return '';
    },
  };
}

/** A row as JSON. */
function rowText(batch: Arrow.RecordBatch, row: number): string {
  const single = batch.slice(row, row + 1);
  const members = batch.schema.fields.map(({ name }, j) => {
    const vector = single.getChildAt(j);
    return [name, vector && shownValue(name, vector)];
  });
  return JSON.stringify(Object.fromEntries(members), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

/** A value for display, including types that no model can read, such as lists. */
function shownValue(name: string, vector: Arrow.Vector): unknown {
  try {
    return arrowValues(name, vector)[0];
  } catch {
    return String(vector.get(0));
  }
}
