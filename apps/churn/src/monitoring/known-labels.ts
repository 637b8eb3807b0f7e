import { ChurnError, type Table } from '@churn/core';
import { type DatasetSchema, quotedList, readTables } from '@churn/io';
import { fileFormat } from '../input.js';
import type { ScoringRecord } from '../model/training-record.js';
import type { MonitoredPart } from './monitored-part.js';
import type { Outcome } from './outcome/outcome.js';

/** The known outcomes of rows. */
export interface KnownLabels {
  /** The outcome of each row of a part, as read by its `Outcome`; `NaN` in the first array if unknown. */
  of(part: MonitoredPart, table: Table): readonly Float64Array[];
  /** Call it after all parts. @throws `invalid-data` if there are more or fewer labels than rows. */
  end(): void;
}

/** How the labels file is read: as rows of the model. */
type Reading = Pick<ScoringRecord, 'missingValues' | 'categories' | 'delimiter' | 'encoding'>;

/** Labels in columns of the input. */
export function labelsInInput(input: string, outcome: Outcome): KnownLabels {
  return {
    of: ({ lines }, table) => outcome.read(table, (row) => `${input}, line ${lines[row]}`),
    end: () => undefined,
  };
}

/**
 * Labels in a file with one row per row of the input, in the same order.
 * @throws as `readTables` does; `invalid-data` for an invalid label.
 */
export async function labelsInOrder(file: string, outcome: Outcome, reading: Reading): Promise<KnownLabels> {
  const parts: (readonly Float64Array[])[] = [];
  let count = 0;
  for await (const { outcomes } of readLabels(file, outcome, [], reading)) {
    parts.push(outcomes);
    count += outcomes[0].length;
  }
  const all = outcome.columns.map((_, column) => {
    const joined = new Float64Array(count);
    let start = 0;
    for (const part of parts) {
      joined.set(part[column], start);
      start += part[column].length;
    }
    return joined;
  });
  let before = 0;
  return {
    of({ lines, nRows, rejected }) {
      // Rows that could not be read have a label, too.
      const read = new Set(Array.from(lines));
      const skipped = rejected.map(({ line }) => line).filter((line) => !read.has(line));
      let passed = 0;
      const places = Int32Array.from({ length: nRows }, (_, row) => {
        while (passed < skipped.length && skipped[passed] < lines[row]) passed++;
        return before + passed + row;
      });
      before += nRows + skipped.length;
      return all.map((column) => Float64Array.from(places, (place) => column[place] ?? NaN));
    },
    end() {
      if (before === count) return;
      throw new ChurnError(
        'invalid-data',
        `${file}: expected a label for each of ${before} rows, in their order, got ${count}; pass --id COLUMN to join them by a column`,
      );
    },
  };
}

/**
 * Labels in a file, joined by ID columns. Of two labels for a row, the later counts; rows without one are unlabelled.
 * @throws as `labelsInOrder` does.
 */
export async function labelsById(
  file: string,
  outcome: Outcome,
  ids: readonly string[],
  reading: Reading,
): Promise<KnownLabels> {
  const labels = new Map<string, readonly number[]>();
  for await (const { outcomes, table } of readLabels(file, outcome, ids, reading)) {
    const keyOf = rowKeys(table, ids);
    outcomes[0].forEach((known, row) => {
      if (Number.isNaN(known)) return;
      labels.set(
        keyOf(row),
        outcomes.map((column) => column[row]),
      );
    });
  }
  let hits = 0;
  return {
    of({ nRows }, table) {
      const keyOf = rowKeys(table, ids);
      const found = Array.from({ length: nRows }, (_, row) => labels.get(keyOf(row)));
      hits += found.filter((each) => each !== undefined).length;
      return outcome.columns.map((_, column) => Float64Array.from(found, (each) => each?.[column] ?? NaN));
    },
    end() {
      if (hits > 0) return;
      throw new ChurnError(
        'invalid-data',
        `${file}: none of its ${labels.size} labels matches a row of the input by ${quotedList(ids)}`,
      );
    },
  };
}

async function* readLabels(
  file: string,
  outcome: Outcome,
  ids: readonly string[],
  { delimiter, encoding, missingValues, categories }: Reading,
): AsyncGenerator<{ readonly outcomes: readonly Float64Array[]; readonly table: Table }> {
  const schema: DatasetSchema = [
    ...outcome.columns,
    ...ids.map((name) => ({ name, kind: 'category' as const })),
  ];
  const source = await fileFormat(file).open(file, { delimiter, encoding });
  for await (const { table, lines } of readTables(source, { schema, missingValues, categories })) {
    yield { outcomes: outcome.read(table, (row) => `${file}, line ${lines[row]}`), table };
  }
}

/** The join key of each row. */
function rowKeys(table: Table, ids: readonly string[]): (row: number) => string {
  const columns = ids.map((name) => table.column(name));
  return (row) =>
    columns
      .map((column) =>
        column.kind === 'numeric'
          ? String(column.values[row])
          : column.codes[row] < 0
            ? ''
            : column.levels[column.codes[row]],
      )
      .join('\u0000');
}
