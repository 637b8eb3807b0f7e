import { ChurnError } from '@churn/core';
import { showInvalidBytes } from '@churn/io';
import { refuseScored } from './csv-source.js';
import { type JsonRow, readJsonRow } from './json-row.js';
import { objectBatch } from './object-table.js';
import { type Line, readLines } from './read-lines.js';
import type { RejectedRow, RowBatch, RowSource } from './row-source.js';
import type { ScoringModel } from './scoring-model.js';

interface JsonLine {
  readonly line: number;
  readonly text: string;
  readonly object: JsonRow;
}

/** How many rows, and about how many characters, a batch has at most. */
const BATCH = { rows: 10_000, characters: 2 ** 22 };

/**
 * Rows of JSON lines: an object a line. Lines that are none, or do not fit the model, are rejected. The others go out as they are written,
 * with members added at their end. A row may leave out what is not known, as some writers do, but not every column; and a column that
 * no row of the first batch has is taken for a misspelt one.
 */
export function jsonLinesSource(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  scoring: ScoringModel,
): RowSource {
  const inputs = new Map(scoring.columns.map((column) => [column.name, column]));
  return {
    name,
    async *batches(added) {
      let isEmpty = true;
      let isFirst = true;
      let isChecked = false;
      let batch = new Batch(scoring, added);
      for await (const lines of readLines(chunks, name)) {
        for (const line of lines) {
          isEmpty = false;
          const read = readLine(line, inputs);
          if ('reason' in read) batch.reject(read);
          else {
            if (isFirst) refuseScored(name, Object.keys(read.object), added);
            isFirst = false;
            batch.add(read);
          }
          if (!batch.isFull) continue;
          if (!isChecked) isChecked = batch.hasAllColumns(name);
          yield batch.rows();
          batch = new Batch(scoring, added);
        }
      }
      if (isEmpty) throw new ChurnError('invalid-file', `${name}: empty, expected a JSON object a line`);
      if (!isChecked) batch.hasAllColumns(name);
      yield batch.rows();
    },
  };
}

function readLine(read: Line, inputs: Parameters<typeof readJsonRow>[1]): JsonLine | RejectedRow {
  const { line } = read;
  if ('length' in read) {
    return { line, reason: `a line of ${read.length} characters is too long to be a row`, row: '' };
  }
  const object = readJsonRow(read.text, inputs);
  if (typeof object === 'string') return { line, reason: object, row: showInvalidBytes(read.text) };
  return { line, text: read.text, object };
}

class Batch {
  readonly #scoring: ScoringModel;
  readonly #added: readonly string[];
  readonly #lines: JsonLine[] = [];
  readonly #rejected: RejectedRow[] = [];
  #characters = 0;

  constructor(scoring: ScoringModel, added: readonly string[]) {
    this.#scoring = scoring;
    this.#added = added;
  }

  get isFull(): boolean {
    return this.#lines.length + this.#rejected.length >= BATCH.rows || this.#characters >= BATCH.characters;
  }

  add(read: JsonLine): void {
    const { line, text, object } = read;
    const taken = this.#added.find((name) => Object.hasOwn(object, name));
    if (taken !== undefined) {
      this.reject({ line, reason: `already has "${taken}": it was scored before`, row: text });
      return;
    }
    if (!this.#scoring.columns.some((column) => Object.hasOwn(object, column.name))) {
      this.reject({ line, reason: 'expected columns of the model, got none', row: text });
      return;
    }
    this.#lines.push(read);
    this.#characters += text.length;
  }

  /**
   * Whether there are rows, so that it is known that they have all columns.
   * @throws `column-name` for a column of the model that none of them has.
   */
  hasAllColumns(name: string): boolean {
    const n = this.#lines.length;
    if (n === 0) return false;
    const lacking = this.#scoring.columns.find(
      (column) => !this.#lines.some(({ object }) => Object.hasOwn(object, column.name)),
    );
    if (!lacking) return true;
    throw new ChurnError(
      'column-name',
      `${name}: column ${JSON.stringify(lacking.name)} is in none of the first ${n} rows; give null where a value is not known`,
    );
  }

  reject(row: RejectedRow): void {
    this.#rejected.push(row);
    this.#characters += row.row.length;
  }

  rows(): RowBatch {
    const lines = this.#lines;
    const objects = lines.map(({ object }) => object);
    const { table, kept, rejected } = objectBatch(this.#scoring.columns, objects, (place) => {
      const { line, text } = lines[place];
      return { line, row: text };
    });
    const names = this.#added.map((name) => `${JSON.stringify(name)}:`);
    return {
      table,
      lines: kept.map((place) => lines[place].line),
      rejected: [...this.#rejected, ...rejected].sort((a, b) => a.line - b.line),
      text: (row) => lines[kept[row]].text,
      format: (rows, values) =>
        Array.from(rows, (row, i) => {
          const members = names.map((name, k) => name + JSON.stringify(values[k][i] ?? null));
          return `${withMembers(lines[kept[row]].text, members.join(','))}\n`;
        }).join(''),
    };
  }
}

/** A JSON object as it is written, with members added behind its last. */
function withMembers(text: string, members: string): string {
  const before = text.slice(0, text.lastIndexOf('}')).trimEnd();
  const comma = before.endsWith('{') ? '' : ',';
  return before + comma + members + text.slice(before.length);
}
