import {
  type CategoryColumn,
  type Column,
  type FittedTransformer,
  firstRepeated,
  fitThenTransform,
  isString,
  positionOf,
  type RowFault,
  type RowStep,
  type RowValues,
  requireParameter,
  rowFaultError,
  type StateReader,
  Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { parseIsoDate } from './iso-date.js';
import { nameList } from './name-list.js';

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

/** A part of a date: `month` 1 to 12, `weekday` 1 (Monday) to 7, `dayOfYear` from 1. */
export type DatePart = keyof typeof PARTS;

/** All parts of a date. */
export const DATE_PARTS = Object.keys(PARTS) as readonly DatePart[];

export interface DatePartsOptions extends ColumnsOption {
  /** The parts to make, in order; default year, month, day and weekday. */
  readonly parts?: readonly DatePart[];
  /** What a text that is no date does: an `error`, the default, or a `missing` value. */
  readonly invalid?: 'error' | 'missing';
}

/** The columns of dates, and what is made of them. */
export type DatePartsState = {
  readonly columns: readonly string[];
  readonly parts: readonly DatePart[];
  readonly invalid: 'error' | 'missing';
};

/**
 * Turns category columns of ISO 8601 dates, `2024-02-29`, or date-times, `2024-02-29T13:45:00Z`, into numbers: in place of
 * column `joined` come `joined_year`, `joined_month` and so on. A missing date makes missing parts.
 *
 * All is UTC: a date-time without a zone is taken as UTC, and one of another zone is no date.
 */
export class DateParts implements Transformer<FittedDateParts> {
  readonly role = 'transformer';
  static readonly type = 'DateParts';
  readonly columns?: readonly string[];
  readonly parts: readonly DatePart[];
  readonly invalid: 'error' | 'missing';

  /**
   * @param options `columns`: the columns of dates; without it all category columns.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({
    columns,
    parts = ['year', 'month', 'day', 'weekday'],
    invalid = 'error',
  }: DatePartsOptions = {}) {
    const areParts = Array.isArray(parts) && parts.every(isPart) && firstRepeated(parts) === undefined;
    requireParameter(areParts, 'parts', `a list of ${DATE_PARTS.join(', ')}`, parts);
    requireParameter(
      invalid === 'error' || invalid === 'missing',
      'invalid',
      '"error" or "missing"',
      invalid,
    );
    this.columns = chosenColumns(columns);
    this.parts = [...parts];
    this.invalid = invalid;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedDateParts {
    const parts = state.list('parts', isPart);
    state.expect(firstRepeated(parts) === undefined, 'parts', 'parts of a date, each once');
    return new FittedDateParts({
      columns: state.names('columns'),
      parts,
      invalid: state.oneOf('invalid', ['error', 'missing'] as const),
    });
  }

  /** @throws `column-name` or `column-kind` where a column is not there as categories, or a part's name is taken. */
  fit(x: Table): FittedDateParts {
    const { parts, invalid } = this;
    const fitted = new FittedDateParts({ columns: this.columns ?? x.namesOf('category'), parts, invalid });
    // Without rows this only checks kinds and names.
    fitted.transform(x.take([]));
    return fitted;
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns of dates that a `DateParts` takes apart. */
export class FittedDateParts implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = DateParts.type;

  constructor(readonly state: DatePartsState) {}

  get dates(): readonly string[] {
    return this.state.columns;
  }

  get origins(): ReadonlyMap<string, readonly string[]> {
    const { columns, parts } = this.state;
    return new Map(
      columns.flatMap((name) => parts.map((part): [string, string[]] => [`${name}_${part}`, [name]])),
    );
  }

  /** @throws `invalid-data` for a text that is no date, naming column and row; `column-name`; `column-kind`. */
  transform(x: Table): Table {
    const { columns, parts } = this.state;
    const isDate = new Set(columns);
    for (const name of columns) x.category(name);
    const pairs = Array.from(x.entries()).flatMap(([name, column]): (readonly [string, Column])[] => {
      if (!isDate.has(name)) return [[name, column]];
      const values = this.#partsOf(x.category(name), name);
      return parts.map((part, i) => [`${name}_${part}`, { kind: 'numeric', values: values[i] }] as const);
    });
    return Table.fromColumns(pairs, x.nRows);
  }

  compileRow(schema: TableSchema): RowStep {
    const { columns, parts, invalid } = this.state;
    for (const name of columns) positionOf(schema, name, 'category');
    const isDate = new Set(columns);
    const output = schema.flatMap((column) =>
      isDate.has(column.name)
        ? parts.map((part) => ({ name: `${column.name}_${part}`, kind: 'numeric' as const }))
        : [column],
    );
    // A table refuses a name that comes twice.
    Table.fromColumns(output.map(({ name }) => [name, new Float64Array(0)] as const));
    return {
      schema: output,
      apply(row) {
        const values: RowValues = [];
        for (let j = 0; j < schema.length; j++) {
          const { name } = schema[j];
          const cell = row[j];
          if (!isDate.has(name)) values.push(cell);
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

  describe(): string {
    const { columns, parts } = this.state;
    return `DateParts: ${parts.join(', ')} of ${nameList(columns)}`;
  }

  /** Each level is read once. */
  #partsOf({ codes, levels }: CategoryColumn, column: string): Float64Array[] {
    const { parts, invalid } = this.state;
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
}

function noDate(text: string): string {
  return `expected a date such as 2024-02-29 or 2024-02-29T13:45:00Z, got ${JSON.stringify(text)}`;
}

function isPart(value: unknown): value is DatePart {
  return isString(value) && Object.hasOwn(PARTS, value);
}
