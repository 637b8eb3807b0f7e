import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { ChurnError } from '@churn/core';
import { refuseScored } from './csv-source.js';
import { objectBatch } from './object-table.js';
import type { RejectedRow, RowBatch, RowSource } from './row-source.js';
import type { ScoringModel } from './scoring-model.js';

type JsonRow = Readonly<Record<string, unknown>>;

interface Line {
  readonly line: number;
  readonly text: string;
  readonly object: JsonRow;
}

/** How many rows a batch has. */
const BATCH = 10_000;

/** Rows of JSON lines: an object a line. Lines that are none, or do not fit the model, are rejected. */
export function jsonLinesSource(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  scoring: ScoringModel,
): RowSource {
  return {
    name,
    async *batches(added) {
      let hasRows = false;
      let line = 0;
      let kept: Line[] = [];
      let rejected: RejectedRow[] = [];
      const lines = createInterface({
        input: Readable.from(chunks, { objectMode: false }),
        crlfDelay: Infinity,
      });
      for await (const raw of lines) {
        line++;
        const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw;
        if (text.trim() === '') continue;
        const object = parseObject(text);
        if (typeof object === 'string') rejected.push({ line, reason: object, row: text });
        else {
          if (!hasRows) refuseScored(name, Object.keys(object), added);
          kept.push({ line, text, object });
        }
        hasRows = true;
        if (kept.length + rejected.length < BATCH) continue;
        yield toBatch(kept, rejected, scoring, added);
        [kept, rejected] = [[], []];
      }
      if (!hasRows) throw new ChurnError('invalid-file', `${name}: empty, expected a JSON object a line`);
      yield toBatch(kept, rejected, scoring, added);
    },
  };
}

/** The object in a line, or why there is none. */
function parseObject(text: string): JsonRow | string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonRow;
    return 'expected a JSON object';
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function toBatch(
  lines: readonly Line[],
  unread: readonly RejectedRow[],
  { columns }: ScoringModel,
  added: readonly string[],
): RowBatch {
  const objects = lines.map(({ object }) => object);
  const { table, kept, rejected } = objectBatch(columns, objects, (place) => {
    const { line, text } = lines[place];
    return { line, row: text };
  });
  return {
    table,
    lines: kept.map((place) => lines[place].line),
    rejected: [...unread, ...rejected].sort((a, b) => a.line - b.line),
    format(values) {
      return kept
        .map((place, i) => {
          const more = added.map((column, k): [string, unknown] => [column, values[k][i] ?? null]);
          return `${JSON.stringify(Object.fromEntries([...Object.entries(objects[place]), ...more]))}\n`;
        })
        .join('');
    },
  };
}
