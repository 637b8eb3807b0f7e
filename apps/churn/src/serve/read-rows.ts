import { ChurnError, type RowFault, type Table } from '@churn/core';
import {
  type CsvRecords,
  convertRecords,
  detectDelimiter,
  firstRepeatedMember,
  invalidValueDetail,
  isInvalidValue,
  type JsonRow,
  listedTexts,
  objectRecords,
  parseCsv,
  type Records,
  readJsonRow,
  schemaKinds,
} from '@churn/io';
import { invalidRows, Problem, unfit } from './problem.js';
import type { ServedModel, ServedRow } from './served-model.js';

/** The body of a request. */
export interface RequestBody {
  readonly isCsv: boolean;
  readonly bytes: Uint8Array;
}

/** The maximum number of CSV columns, including those that the model ignores. */
const MAX_COLUMNS = 10_000;

/**
 * The valid rows of a request: a single row, for which a table would cost more than the scoring, or a table, with the original records for
 * CSV.
 */
export type RequestRows =
  | { readonly single: ServedRow }
  | { readonly table: Table; readonly csv?: CsvRecords };

/** @throws `Problem` if the body cannot be read, or naming every invalid value. */
export function readRows({ isCsv, bytes }: RequestBody, model: ServedModel, maxRows: number): RequestRows {
  return isCsv ? readCsvRows(bytes, model, maxRows) : readJsonRows(bytes, model, maxRows);
}

/** @throws `Problem` if the bytes are not UTF-8, or not JSON. */
function orRefuse<T>(reader: () => T): T {
  try {
    return reader();
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'it is not UTF-8';
    throw new Problem(400, 'Bad request', `expected a body of JSON: ${reason}`);
  }
}

/** @throws `Problem` if the bytes are not UTF-8, or not JSON. */
export function readJson(bytes: Uint8Array): { readonly text: string; readonly value: unknown } {
  const text = orRefuse(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  return { text, value: orRefuse(() => JSON.parse(text)) };
}

/**
 * Reads rows of JSON: an object or a list of objects, each with every column of the model exactly once, and no others, so that misspelt
 * names are reported; `null` is a missing value. Keys such as `__proto__` are not special.
 */
function readJsonRows(bytes: Uint8Array, model: ServedModel, maxRows: number): RequestRows {
  const { text, value: body } = readJson(bytes);
  const rows = Array.isArray(body) ? body : [body];
  refuseCount(rows.length, maxRows);
  const notObjects = rows.flatMap((row, i) => (isObject(row) ? [] : [i]));
  if (notObjects.length > 0) {
    throw unfit(`row ${notObjects[0]}: expected an object with a value for each column`);
  }
  const objects = asWritten(rows as JsonRow[], text, model);
  const read = readObjects(objects, model);
  const repeated = firstRepeatedMember(text, objects.length * model.schema.length);
  if (repeated) {
    const { row, name: column } = repeated;
    throw invalidRows([{ row, column, detail: 'expected one value, got two' }]);
  }
  return read;
}

/**
 * Reads rows given as objects, each with every column of the model, and no others.
 * @throws `Problem` naming every invalid value.
 */
export function readObjects(objects: readonly JsonRow[], model: ServedModel): RequestRows {
  const names = model.schema.map(({ name }) => name);
  const errors = objects.flatMap((row, i) => namesAmiss(row, i, model));
  const read =
    objects.length > 1 ? readTable(objectRecords(objects, names), model) : readSingle(objects[0], model);
  errors.push(...read.errors);
  if (errors.length > 0) throw invalidRows(errors);
  return read;
}

/** The rows with numbers in category columns as their original text, as in JSON lines: `1.10` is not 1.1. */
function asWritten(rows: readonly JsonRow[], text: string, { schema }: ServedModel): readonly JsonRow[] {
  const mayDiffer = (row: JsonRow) =>
    schema.some(({ name, kind }) => {
      const value = row[name];
      return kind !== 'numeric' && Number.isFinite(value) && !Number.isInteger(value);
    });
  if (!rows.some(mayDiffer)) return rows;
  const kinds = schemaKinds(schema);
  return listedTexts(text).map((each, i) => {
    const row = mayDiffer(rows[i]) ? readJsonRow(each, kinds) : rows[i];
    // Its errors are reported like those of any other row.
    return typeof row === 'string' ? rows[i] : row;
  });
}

/** Converts records to the table of a model, with the errors of each row. */
function readTable(
  records: Records,
  model: ServedModel,
): { readonly table: Table; readonly errors: RowFault[] } {
  const { schema, missingValues, categories } = model;
  const columns = schema.map(({ name }) => name);
  const { table, invalidValues } = convertRecords(records, { schema, columns, missingValues, categories });
  const errors = invalidValues.map(({ row, column, ...value }) => ({
    row,
    column,
    detail: invalidValueDetail(value),
  }));
  return { table, errors: errors.sort((a, b) => a.row - b.row) };
}

/** The same for a single row, for which a table would cost more than the scoring. */
function readSingle(row: JsonRow, { readers }: ServedModel): { single: ServedRow; errors: RowFault[] } {
  const errors: RowFault[] = [];
  const cells: [string, string | number | null][] = [];
  for (const [column, read] of readers) {
    const cell = Object.hasOwn(row, column) ? read(row[column]) : null;
    if (isInvalidValue(cell)) errors.push({ row: 0, column, detail: invalidValueDetail(cell) });
    else cells.push([column, cell]);
  }
  return { single: Object.fromEntries(cells), errors };
}

/** Reads rows of CSV with a header; columns that the model does not use are ignored, as in a file. */
function readCsvRows(bytes: Uint8Array, model: ServedModel, maxRows: number): RequestRows {
  const delimiter =
    model.delimiter ??
    detectDelimiter(
      bytes,
      model.schema.map(({ name }) => name),
    );
  refuseWidth(bytes, delimiter);
  try {
    const csv = parseCsv(bytes, { source: 'body', delimiter });
    refuseCount(csv.records.length, maxRows);
    const { table, errors } = readTable(csv, model);
    if (errors.length > 0) throw invalidRows(errors);
    return { table, csv };
  } catch (error) {
    if (ChurnError.is(error)) throw unfit(error.message);
    throw error;
  }
}

/** Checked before parsing, since millions of columns would take seconds. */
function refuseWidth(bytes: Uint8Array, delimiter: string): void {
  const [quote, lineFeed, carriageReturn, between] = Buffer.from(`"\n\r${delimiter}`);
  let columns = 1;
  let isQuoted = false;
  for (const byte of bytes) {
    if (byte === quote) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (byte === lineFeed || byte === carriageReturn) break;
    else if (byte === between) columns++;
  }
  if (columns > MAX_COLUMNS) throw unfit(`expected at most ${MAX_COLUMNS} columns, got ${columns}`);
}

/** @throws `Problem` if there are no rows, or more than the service accepts. */
export function refuseCount(rows: number, maxRows: number): void {
  if (rows === 0) throw unfit('expected one or more rows, got none');
  if (rows > maxRows)
    throw new Problem(413, 'Too many rows', `expected at most ${maxRows} rows, got ${rows}`);
}

function namesAmiss(row: JsonRow, index: number, { schema }: ServedModel): RowFault[] {
  const errors: RowFault[] = [];
  for (const { name } of schema) {
    if (!Object.hasOwn(row, name)) {
      errors.push({ row: index, column: name, detail: 'missing; pass null if the value is unknown' });
    }
  }
  const keys = Object.keys(row);
  if (keys.length > schema.length - errors.length) {
    const known = new Set(schema.map(({ name }) => name));
    for (const key of keys) {
      if (!known.has(key)) errors.push({ row: index, column: key, detail: 'not a column of the model' });
    }
  }
  return errors;
}

function isObject(value: unknown): value is JsonRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
