import { ChurnError, type Column, type ColumnKind, missingColumn, Table } from '@churn/core';
import { type CsvRecords, columnNames } from './csv-records.js';
import { parseNumber } from './parse-number.js';
import { Offences, type Violation, violationError } from './violation.js';

/** The texts that mean a missing value unless the caller says otherwise. */
export const DEFAULT_MISSING_VALUES: readonly string[] = ['', 'NA', 'N/A', 'null', 'NaN'];

export interface ToTableOptions {
  /** The columns to convert, in this order; default all. */
  readonly columns?: readonly string[];
  /** The kinds of columns that must not be guessed; names that the file lacks are passed over. */
  readonly kinds?: ReadonlyMap<string, ColumnKind>;
  /**
   * The texts that mean a missing value, compared with what is left of a field without the spaces around it, in the same
   * case; default `''`, `NA`, `N/A`, `null`, `NaN`. `Unknown` is a category like any other.
   */
  readonly missingValues?: readonly string[];
}

/**
 * Converts the records of a CSV file to a table.
 *
 * A column whose kind is not given is numeric where all its present values are decimal numbers, so also where it has no
 * value at all; else it holds categories. Categories keep their text as it is, spaces included, and stand in order of
 * first appearance. A column without a name is called `Unnamed: <position>`.
 *
 * @throws `column-name` where one of `columns` is not in the file; `invalid-data` where text stands in columns that `kinds`
 *   says are numeric, with all of these columns, lines and the text in one message.
 */
export function toTable(csv: CsvRecords, options: ToTableOptions = {}): Table {
  const { table, violations } = convertRecords(csv, options);
  if (violations.length > 0) throw violationError(csv.source, violations);
  return table;
}

/** A table, and what of its numeric columns was none. */
export interface Converted {
  readonly table: Table;
  /** The rows with text in columns that should be numeric; they have a missing value there. */
  readonly texts: ReadonlyMap<string, ReadonlySet<number>>;
  readonly violations: readonly Violation[];
}

/**
 * What `toTable` does, but with text in a numeric column gathered in place of thrown.
 * @throws `column-name` where one of `columns` is not in the file.
 */
export function convertRecords(csv: CsvRecords, options: ToTableOptions): Converted {
  const { kinds, missingValues = DEFAULT_MISSING_VALUES } = options;
  const missing = new Set(missingValues);
  const texts = new Map<string, Set<number>>();
  const names = columnNames(csv.header);
  const pairs = (options.columns ?? names).map((name): [string, Column] => {
    const position = names.indexOf(name);
    if (position < 0) {
      throw new ChurnError('column-name', `${csv.source}: ${missingColumn(name, names).message}`);
    }
    const fields = csv.records.map((record) => record[position]);
    const kind = kinds?.get(name);
    if (kind === 'category') return [name, toCategories(fields, missing)];
    const { values, textRows } = toNumbers(fields, missing, kind === 'numeric');
    if (textRows.size > 0 && kind === undefined) return [name, toCategories(fields, missing)];
    if (textRows.size > 0) texts.set(name, textRows);
    return [name, { kind: 'numeric', values }];
  });
  const violations = Array.from(texts, ([name, rows]) => {
    const offences = new Offences(name, 'a number', csv.lines);
    for (const row of rows) offences.add(row, csv.records[row][names.indexOf(name)]);
    return offences.violations();
  });
  return { table: Table.fromColumns(pairs, csv.records.length), texts, violations: violations.flat() };
}

/** @param all whether to go on after the first text. */
function toNumbers(
  fields: readonly string[],
  missing: ReadonlySet<string>,
  all: boolean,
): { values: Float64Array; textRows: Set<number> } {
  const values = new Float64Array(fields.length);
  const textRows = new Set<number>();
  const someNumeric = Array.from(missing, parseNumber).some((value) => !Number.isNaN(value));
  for (let row = 0; row < fields.length; row++) {
    const value = parseNumber(fields[row]);
    const isNumber = !Number.isNaN(value);
    // Most fields are numbers: a look into the set for each would cost more than all the rest.
    const isMissing = (!isNumber || someNumeric) && missing.has(fields[row].trim());
    values[row] = isMissing ? NaN : value;
    if (isNumber || isMissing) continue;
    textRows.add(row);
    if (!all) break;
  }
  return { values, textRows };
}

function toCategories(fields: readonly string[], missing: ReadonlySet<string>): Column {
  const codeOf = new Map<string, number>();
  const levels: string[] = [];
  const codes = Int32Array.from(fields, (field) => {
    let code = codeOf.get(field);
    if (code === undefined) {
      code = missing.has(field.trim()) ? -1 : levels.push(field) - 1;
      codeOf.set(field, code);
    }
    return code;
  });
  return { kind: 'category', codes, levels };
}
