import {
  type CategoryColumn,
  type Column,
  firstRepeated,
  isString,
  type OptionsOf,
  oneOf,
  parameter,
  parseIsoDate,
  positionOf,
  type RowFault,
  type RowStep,
  type RowValues,
  rowFaultError,
  Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import type { NamesOut, Originating } from './transformer.js';
import { type FittedBy, transformer } from './transformer.js';

const PARTS = {
  year: (date: Date) => date.getUTCFullYear(),
  month: (date: Date) => date.getUTCMonth() + 1,
  day: (date: Date) => date.getUTCDate(),
  weekday: (date: Date) => date.getUTCDay() || 7,
  dayOfYear: (date: Date) => Math.floor((date.getTime() - new Date(date).setUTCMonth(0, 1)) / MS_PER_DAY) + 1,
  hour: (date: Date) => date.getUTCHours(),
  minute: (date: Date) => date.getUTCMinutes(),
  second: (date: Date) => date.getUTCSeconds(),
};
const MS_PER_DAY = 86_400_000;

/** A part of a date: `month` is 1 to 12, `weekday` 1 (Monday) to 7, and `dayOfYear` starts at 1. */
export type DatePart = keyof typeof PARTS;

/** All parts of a date. */
export const DATE_PARTS = Object.keys(PARTS) as readonly DatePart[];

const INVALID = ['error', 'missing'] as const;

const parameters = {
  /** The date columns; default all category columns. */
  columns: columnNames(),
  /** The parts to extract, in order; default year, month, day and weekday. */
  parts: withDefault(parameter(`a list of distinct parts among ${DATE_PARTS.join(', ')}`, areParts), [
    'year',
    'month',
    'day',
    'weekday',
  ]),
  /** The treatment of text that is not a date: an `error` (default), or a `missing` value. */
  invalid: withDefault(oneOf(INVALID), 'error'),
};

export type DatePartsOptions = OptionsOf<typeof parameters>;

/** The date columns, and the parts extracted from them. */
export type DatePartsState = NamesOut & {
  readonly columns: readonly string[];
  readonly parts: readonly DatePart[];
  readonly invalid: 'error' | 'missing';
};

/**
 * Turns category columns of ISO 8601 dates, `2024-02-29`, or date-times, `2024-02-29T13:45:00Z`, into numbers: column `joined` is
 * replaced by `joined_year`, `joined_month` and so on. A missing date has missing parts.
 *
 * All dates are in UTC: a date-time without a zone is read as UTC, and one with another zone is not accepted.
 */
export class DateParts extends transformer({
  type: 'DateParts',
  parameters,
  example: { columns: ['on'], invalid: 'missing' },
  learn: (x, { columns = x.namesOf('category'), parts, invalid }): DatePartsState => ({
    columns,
    parts,
    invalid,
  }),
  restore(state) {
    const parts = state.list('parts', isPart);
    state.expect(areParts(parts), 'parts', 'distinct parts of a date');
    return { columns: state.names('columns'), parts, invalid: state.oneOf('invalid', INVALID) };
  },
  makes: ({ columns, parts }) => ({
    names: columns.flatMap((name) => parts.map((part) => `${name}_${part}`)),
    replaced: columns,
  }),
  apply(state, names): Originating & { readonly dates: readonly string[] } {
    const { columns, parts } = state;
    const namesOf = new Map(
      columns.map((name, i) => [name, names.slice(i * parts.length, (i + 1) * parts.length)]),
    );
    return {
      dates: columns,
      origins: new Map(
        Array.from(namesOf).flatMap(([name, made]) => made.map((each): [string, string[]] => [each, [name]])),
      ),
      transform: (x) => withParts(x, state, namesOf),
      compileRow: (schema) => compileParts(schema, state, namesOf),
    };
  },
  describe: ({ columns, parts }) => `${parts.join(', ')} of ${nameList(columns)}`,
}) {}

/** A fitted `DateParts`: the date columns and their parts. */
export type FittedDateParts = FittedBy<typeof DateParts>;

/** The names of the parts of each date column. */
type PartNames = ReadonlyMap<string, readonly string[]>;

function withParts(x: Table, state: DatePartsState, namesOf: PartNames): Table {
  for (const name of state.columns) x.category(name);
  const pairs = Array.from(x.entries()).flatMap(([name, column]): (readonly [string, Column])[] => {
    const made = namesOf.get(name);
    if (!made) return [[name, column]];
    const values = partsOf(x.category(name), name, state);
    return made.map((each, i) => [each, { kind: 'numeric', values: values[i] }] as const);
  });
  return Table.fromColumns(pairs, x.nRows);
}

function compileParts(
  schema: TableSchema,
  { columns, parts, invalid }: DatePartsState,
  namesOf: PartNames,
): RowStep {
  for (const name of columns) positionOf(schema, name, 'category');
  const output = schema.flatMap(
    (column) => namesOf.get(column.name)?.map((name) => ({ name, kind: 'numeric' as const })) ?? [column],
  );
  // A table rejects repeated names.
  Table.fromColumns(output.map(({ name }) => [name, new Float64Array(0)] as const));
  return {
    schema: output,
    apply(row) {
      const values: RowValues = [];
      for (let j = 0; j < schema.length; j++) {
        const { name } = schema[j];
        const cell = row[j];
        if (!namesOf.has(name)) values.push(cell);
        else {
          const date = typeof cell === 'string' ? parseIsoDate(cell) : undefined;
          if (typeof cell === 'string' && date === undefined && invalid === 'error') {
            throw rowFaultError([{ row: 0, column: name, detail: noDate(cell) }]);
          }
          for (const part of parts) values.push(date === undefined ? NaN : PARTS[part](date));
        }
      }
      return values;
    },
  };
}

/** Each level is read once. */
function partsOf(
  { codes, levels }: CategoryColumn,
  column: string,
  { parts, invalid }: DatePartsState,
): Float64Array[] {
  const dates = levels.map(parseIsoDate);
  const values = parts.map(() => new Float64Array(codes.length).fill(NaN));
  const faults: RowFault[] = [];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code < 0) continue;
    const date = dates[code];
    if (date === undefined) faults.push({ row, column, detail: noDate(levels[code]) });
    else for (let i = 0; i < parts.length; i++) values[i][row] = PARTS[parts[i]](date);
  }
  if (invalid === 'error' && faults.length > 0) throw rowFaultError(faults);
  return values;
}

function noDate(text: string): string {
  return `expected a date such as 2024-02-29 or 2024-02-29T13:45:00Z, got ${JSON.stringify(text)}`;
}

function isPart(value: unknown): value is DatePart {
  return isString(value) && Object.hasOwn(PARTS, value);
}

function areParts(value: unknown): value is readonly DatePart[] {
  return Array.isArray(value) && value.every(isPart) && firstRepeated(value) === undefined;
}
