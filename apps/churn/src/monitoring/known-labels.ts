import { type CategoryColumn, ChurnError, type Table } from '@churn/core';
import { type DatasetSchema, quoted, quotedList, readTables } from '@churn/io';
import { fileFormat } from '../input.js';
import type { ScoringModel } from '../scoring/scoring-model.js';
import { labelKey } from '../training/label-spellings.js';
import type { MonitoredPart } from './monitored-part.js';

/** The classes of rows, once they are known. */
export interface KnownLabels {
  /** The class of each row of a part, as its place among the classes of the model; -1 where it is not known. */
  of(part: MonitoredPart, table: Table): Int32Array;
  /** To be asked when all parts were. @throws `invalid-data` where there are more or fewer labels than rows. */
  end(): void;
}

type Classes = Pick<ScoringModel, 'classes'>;
/** How the labels file is read, as the rows of the model are. */
type Reading = Pick<ScoringModel, 'classes' | 'missingValues' | 'categories' | 'delimiter' | 'encoding'>;

/** Labels in a column of the input. */
export function labelsInInput(input: string, target: string, { classes }: Classes): KnownLabels {
  return {
    of: ({ lines }, table) =>
      classCodes(table.category(target), classes, (row) => `${input}, line ${lines[row]}`),
    end: () => undefined,
  };
}

/**
 * Labels in a file with a row for each row of the input, in the same order.
 * @throws what `readTables` throws; `invalid-data` for a label that is no class.
 */
export async function labelsInOrder(file: string, target: string, reading: Reading): Promise<KnownLabels> {
  const codes: Int32Array[] = [];
  let count = 0;
  for await (const { ofRows } of readLabels(file, [target], reading)) {
    codes.push(ofRows);
    count += ofRows.length;
  }
  const all = new Int32Array(count);
  let start = 0;
  for (const each of codes) {
    all.set(each, start);
    start += each.length;
  }
  let before = 0;
  return {
    of({ lines, nRows, rejected }) {
      // A row that could not be read has its label, too.
      const read = new Set(Array.from(lines));
      const skipped = rejected.map(({ line }) => line).filter((line) => !read.has(line));
      let passed = 0;
      const found = Int32Array.from({ length: nRows }, (_, row) => {
        while (passed < skipped.length && skipped[passed] < lines[row]) passed++;
        return all[before + passed + row] ?? -1;
      });
      before += nRows + skipped.length;
      return found;
    },
    end() {
      if (before === count) return;
      throw new ChurnError(
        'invalid-data',
        `${file}: expected a label for each of ${before} rows, in their order, got ${count}; --id COLUMN joins them by a column`,
      );
    },
  };
}

/**
 * Labels in a file that has the columns that tell a row of the input from all others. Of two labels of a row the later holds; rows without
 * one are not labelled.
 * @throws as `labelsInOrder`.
 */
export async function labelsById(
  file: string,
  target: string,
  ids: readonly string[],
  reading: Reading,
): Promise<KnownLabels> {
  const labels = new Map<string, number>();
  for await (const { ofRows, table } of readLabels(file, [target, ...ids], reading)) {
    const keyOf = rowKeys(table, ids);
    ofRows.forEach((code, row) => {
      if (code >= 0) labels.set(keyOf(row), code);
    });
  }
  let hits = 0;
  return {
    of({ nRows }, table) {
      const keyOf = rowKeys(table, ids);
      const codes = Int32Array.from({ length: nRows }, (_, row) => labels.get(keyOf(row)) ?? -1);
      hits += codes.filter((code) => code >= 0).length;
      return codes;
    },
    end() {
      if (hits > 0) return;
      throw new ChurnError(
        'invalid-data',
        `${file}: no row of the input has the ${quotedList(ids)} of any of its ${labels.size} labels`,
      );
    },
  };
}

async function* readLabels(
  file: string,
  [target, ...ids]: readonly string[],
  { classes, delimiter, encoding, missingValues, categories }: Reading,
): AsyncGenerator<{ readonly ofRows: Int32Array; readonly table: Table }> {
  const schema: DatasetSchema = [target, ...ids].map((name) => ({ name, kind: 'category' }));
  const source = await fileFormat(file).open(file, { delimiter, encoding });
  for await (const { table, lines } of readTables(source, { schema, missingValues, categories })) {
    const where = (row: number) => `${file}, line ${lines[row]}`;
    yield { ofRows: classCodes(table.category(target), classes, where), table };
  }
}

/** The class of each row, whatever the spelling; -1 where it is missing. */
export function classCodes(
  { codes, levels }: CategoryColumn,
  classes: readonly string[],
  where: (row: number) => string,
): Int32Array {
  const places = new Map(classes.map((label, place) => [labelKey(label), place]));
  const ofLevel = levels.map((level) => {
    const exact = classes.indexOf(level);
    return exact >= 0 ? exact : places.get(labelKey(level));
  });
  return codes.map((code, row) => {
    if (code < 0) return -1;
    const place = ofLevel[code];
    if (place !== undefined) return place;
    throw new ChurnError(
      'invalid-data',
      `${where(row)}: expected one of the labels ${quotedList(classes)}, got ${quoted(levels[code])}`,
    );
  });
}

/** What tells a row from others. */
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
