import { ChurnError, type TableSchema } from '@churn/core';
import { type DatasetSchema, schemaKinds } from '../dataset/dataset-schema.js';
import { readContent } from '../files/content.js';
import { openInput } from '../files/read-chunks.js';
import { refuseTaken } from '../records/added-columns.js';
import type { DatasetKind } from '../records/kind.js';
import type { RecordBatch, RecordFormat, RejectedRow } from '../records/record-format.js';
import type { JsonLinesPart } from '../records/record-part.js';
import { quotedList } from '../text/quoted.js';
import { showInvalidBytes } from '../text/utf8-decoder.js';
import { type JsonRow, readJsonRow } from './json-row.js';
import { objectRecords } from './object-records.js';
import { type Line, linesOf, wholeLines } from './read-lines.js';

type Kinds = ReadonlyMap<string, DatasetKind>;

interface JsonLine {
  readonly line: number;
  readonly text: string;
  readonly object: JsonRow;
}

/**
 * JSON lines: one object per line. In batches, other lines are rejected; objects are written unchanged, with members added at the end. A row may omit
 * missing values, but not all columns; a column that none of the first rows has is treated as misspelt.
 */
export const jsonLines: RecordFormat = {
  name: 'jsonl',
  endings: ['.jsonl', '.ndjson'],
  async read(file, { schema = [] } = {}) {
    const kinds = schemaKinds(schema);
    const { bytes, sha256 } = await readContent(file);
    const lines: Line[] = [];
    for await (const part of wholeLines([bytes], file)) for (const line of linesOf(part)) lines.push(line);
    if (lines.length === 0) throw empty(file);
    // Read twice: only if all values of a column are numbers can they be read as such without loss.
    const all = kindsOfAll(readAll(lines, kinds, file), kinds);
    const rows = readAll(lines, all, file);
    return {
      ...objectRecords(rows, [...all.keys()], { source: file, lines: lines.map(({ line }) => line) }),
      sha256,
    };
  },
  async open(input, options = {}) {
    const { name, chunks } = await openInput(input, options.source);
    return {
      name,
      async *batches(schema, added) {
        for await (const part of partsOf(name, chunks, schema, added)) yield readJsonLines(part);
      },
      parts: (schema, added) => partsOf(name, chunks, schema, added),
      end: () => '',
    };
  },
};

async function* partsOf(
  source: string,
  chunks: AsyncIterable<Uint8Array>,
  schema: DatasetSchema,
  added: TableSchema,
): AsyncGenerator<JsonLinesPart> {
  const kinds = schemaKinds(schema);
  let isEmpty = true;
  let isFirst = true;
  let isChecked = false;
  for await (const lines of wholeLines(chunks, source)) {
    const part: JsonLinesPart = { format: 'jsonl', source, ...lines, kinds, added };
    // The first rows show whether the columns exist; the reader of the part reads them again.
    if (!isChecked) {
      const read = linesOf(lines).map((line) => readLine(line, kinds));
      if (read.length === 0) continue;
      isEmpty = false;
      const first = read.find((each) => 'object' in each);
      if (isFirst && first) {
        refuseTaken(source, Object.keys(first.object), added);
        isFirst = false;
      }
      isChecked = batchOf(read, part).hasAllColumns(source);
    }
    yield part;
  }
  if (isEmpty) throw empty(source);
}

/** The records of a part. */
export function readJsonLines(part: JsonLinesPart): RecordBatch {
  const read = linesOf(part).map((line) => readLine(line, part.kinds));
  return batchOf(read, part).records(part.source);
}

function batchOf(
  read: readonly (JsonLine | RejectedRow)[],
  { kinds, added }: Pick<JsonLinesPart, 'kinds' | 'added'>,
): Batch {
  const batch = new Batch(kinds, added);
  for (const each of read) {
    if ('reason' in each) batch.reject(each);
    else batch.add(each);
  }
  return batch;
}

function empty(name: string): ChurnError {
  return new ChurnError('invalid-file', `${name}: empty, expected one JSON object per line`);
}

function readLine(read: Line, kinds: Kinds): JsonLine | RejectedRow {
  const { line } = read;
  if ('length' in read) {
    return { line, reason: `a line of ${read.length} characters is too long to be a row`, row: '' };
  }
  const object = readJsonRow(read.text, kinds);
  if (typeof object === 'string') return { line, reason: object, row: showInvalidBytes(read.text) };
  return { line, text: read.text, object };
}

/** @throws `invalid-file` for the first line that is not a row. */
function readAll(lines: readonly Line[], kinds: Kinds, name: string): JsonRow[] {
  return lines.map((each) => {
    const read = readLine(each, kinds);
    if ('object' in read) return read.object;
    throw new ChurnError('invalid-file', `${name}, line ${read.line}: ${read.reason}`);
  });
}

/**
 * The kinds of all columns, in order of appearance. A column without a known kind is numeric if all its values are exact numbers; otherwise it is a
 * category column, whose numbers keep their text.
 */
function kindsOfAll(rows: readonly JsonRow[], known: Kinds): Map<string, DatasetKind> {
  const kinds = new Map<string, DatasetKind>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (kinds.get(name) === 'category') continue;
      kinds.set(name, known.get(name) ?? (value === null || isExact(value) ? 'numeric' : 'category'));
    }
  }
  return kinds;
}

function isExact(value: unknown): boolean {
  return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
}

/** Collects the rows and the rejected lines of a part. */
class Batch {
  readonly #names: readonly string[];
  readonly #added: TableSchema;
  readonly #lines: JsonLine[] = [];
  readonly #rejected: RejectedRow[] = [];

  constructor(kinds: Kinds, added: TableSchema) {
    this.#names = [...kinds.keys()];
    this.#added = added;
  }

  add(read: JsonLine): void {
    const { line, text, object } = read;
    const taken = this.#added.find(({ name }) => Object.hasOwn(object, name));
    if (taken !== undefined) {
      this.reject({ line, reason: `already has "${taken.name}": it was scored before`, row: text });
      return;
    }
    if (!this.#names.some((name) => Object.hasOwn(object, name))) {
      this.reject({ line, reason: 'expected columns of the model, got none', row: text });
      return;
    }
    this.#lines.push(read);
  }

  /**
   * Checks that the rows have all columns. @returns false if there are no rows yet.
   * @throws `column-name` for columns that none of the rows has.
   */
  hasAllColumns(source: string): boolean {
    const n = this.#lines.length;
    if (n === 0) return false;
    const lacking = this.#names.filter(
      (name) => !this.#lines.some(({ object }) => Object.hasOwn(object, name)),
    );
    if (lacking.length === 0) return true;
    const what = `${lacking.length === 1 ? 'column' : 'columns'} ${quotedList(lacking)} ${lacking.length === 1 ? 'is' : 'are'}`;
    throw new ChurnError(
      'column-name',
      `${source}: ${what} missing from all of the first ${n} rows; use null for missing values`,
    );
  }

  reject(row: RejectedRow): void {
    this.#rejected.push(row);
  }

  records(source: string): RecordBatch {
    const lines = this.#lines;
    const objects = lines.map(({ object }) => object);
    const names = this.#added.map(({ name }) => `${JSON.stringify(name)}:`);
    return {
      ...objectRecords(objects, this.#names, { source, lines: lines.map(({ line }) => line) }),
      rejected: this.#rejected,
      text: (place) => lines[place].text,
      write: (places, added) =>
        places
          .map((place, i) => {
            const members = names.map((name, k) => name + JSON.stringify(added[k][i] ?? null));
            return `${withMembers(lines[place].text, members.join(','))}\n`;
          })
          .join(''),
    };
  }
}

/** The text of a JSON object with members added at the end. */
function withMembers(text: string, members: string): string {
  const before = text.slice(0, text.lastIndexOf('}')).trimEnd();
  const comma = before.endsWith('{') ? '' : ',';
  return before + comma + members + text.slice(before.length);
}
