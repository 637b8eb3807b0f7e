import {
  type CategoryColumn,
  type ChurnError,
  type Column,
  cellAt,
  columnLength,
  countMissing,
  parseIsoDate,
  similarName,
  type Table,
} from '@churn/core';
import { A_DATE, A_NUMBER } from '../records/kind.js';
import { RuleViolations, type Violation, violationError } from '../records/violation.js';
import { parseNumber } from '../text/parse-number.js';
import { quoted, quotedList } from '../text/quoted.js';
import { levelRules, numberRules } from './column-rules.js';
import type { DatasetColumn, DatasetSchema } from './dataset-schema.js';

export interface CheckDatasetOptions {
  /** The line of each row in its file, as in `CsvRecords`; without it, messages give row indices. */
  readonly lines?: ArrayLike<number>;
}

/**
 * Lists everything in `table` that violates `schema`, one violation per column and rule. A column of missing values matches any kind.
 */
export function checkDataset(
  table: Table,
  schema: DatasetSchema,
  options: CheckDatasetOptions = {},
): Violation[] {
  return violationsOf(table, schema, options.lines);
}

/** @param texts for each column, the rows whose missing value replaces an invalid text that is already reported. */
export function violationsOf(
  table: Table,
  schema: DatasetSchema,
  lines?: ArrayLike<number>,
  texts: ReadonlyMap<string, ReadonlySet<number>> = new Map(),
): Violation[] {
  const declared = new Set(schema.map(({ name }) => name));
  const others = table.names.filter((name) => !declared.has(name));
  return schema.flatMap((rules) =>
    table.has(rules.name)
      ? checkColumn(table, rules, lines, texts.get(rules.name))
      : missingColumn(rules, others),
  );
}

/**
 * Requires that a table matches `schema`.
 *
 * @param options `source` names the table in the message; default `the table`.
 * @throws `invalid-data`, with all violations in one message.
 */
export function assertDataset(
  table: Table,
  schema: DatasetSchema,
  options: CheckDatasetOptions & { readonly source?: string } = {},
): void {
  const violations = checkDataset(table, schema, options);
  if (violations.length > 0) {
    throw datasetError(options.source ?? 'the table', violations, schema, table.names);
  }
}

/**
 * The error that lists all violations and, if a column is missing, the columns that exist.
 * @param note what the user can do about them.
 */
export function datasetError(
  source: string,
  violations: readonly Violation[],
  schema: DatasetSchema,
  columns: readonly string[],
  note = '',
): ChurnError {
  const present = new Set(columns);
  const isMissing = schema.some(({ name, required = true }) => required && !present.has(name));
  return violationError(source, violations, isMissing ? presentColumns(columns) : '', note);
}

/** @param others the columns without rules, one of which may be meant. */
function missingColumn({ name, required = true }: DatasetColumn, others: readonly string[]): Violation[] {
  if (!required) return [];
  const meant = similarName(name, others);
  const hint = meant === undefined ? '' : `; did you mean ${quoted(meant)}?`;
  return [{ column: name, message: `the column is missing${hint}`, count: 1 }];
}

function checkColumn(
  table: Table,
  rules: DatasetColumn,
  lines?: ArrayLike<number>,
  texts?: ReadonlySet<number>,
): Violation[] {
  const { name, nullable = true } = rules;
  const column = table.column(name);
  const missing = new RuleViolations(name, 'a value in every row', lines);
  if (!nullable) {
    for (let row = 0; row < table.nRows; row++) {
      if (cellAt(column, row) === null && !texts?.has(row)) missing.add(row, 'none');
    }
  }
  return [...missing.violations(), ...checkValues(column, rules, lines)];
}

function checkValues(column: Column, rules: DatasetColumn, lines?: ArrayLike<number>): Violation[] {
  const present = columnLength(column) - countMissing(column);
  if (present === 0) return [];
  if (column.kind === 'category') {
    switch (rules.kind) {
      case 'boolean':
        return [];
      case 'category':
        return checkLevels(column, rules, lines);
      case 'date':
        return checkDates(column, rules, lines);
      case 'numeric':
        return checkTexts(column, rules, lines, present);
    }
  }
  if (rules.kind === 'numeric') return checkNumbers(column.values, rules, lines);
  const expected = rules.kind === 'date' ? 'dates' : 'categories';
  return [{ column: rules.name, message: `expected ${expected}, got numbers`, count: present }];
}

/** Categories instead of numbers: the violations are the texts that are not numbers. */
function checkTexts(
  column: CategoryColumn,
  { name }: DatasetColumn,
  lines: ArrayLike<number> | undefined,
  present: number,
): Violation[] {
  const isText = column.levels.map((level) => Number.isNaN(parseNumber(level)));
  const violations = offendingLevels(column, isText, new RuleViolations(name, A_NUMBER, lines));
  if (violations.length > 0) return violations;
  return [{ column: name, message: 'expected numbers, got categories', count: present }];
}

function checkNumbers(values: Float64Array, column: DatasetColumn, lines?: ArrayLike<number>): Violation[] {
  return numberRules(column).flatMap(({ expected, allows }) => {
    const found = new RuleViolations(column.name, expected, lines);
    for (let row = 0; row < values.length; row++) {
      if (!allows(values[row])) found.add(row, String(values[row]));
    }
    return found.violations();
  });
}

function checkLevels(column: CategoryColumn, rules: DatasetColumn, lines?: ArrayLike<number>): Violation[] {
  return levelRules(rules).flatMap(({ expected, allows }) => {
    const isForeign = column.levels.map((level) => !allows(level));
    return offendingLevels(column, isForeign, new RuleViolations(rules.name, expected, lines));
  });
}

function checkDates(column: CategoryColumn, { name }: DatasetColumn, lines?: ArrayLike<number>): Violation[] {
  const isForeign = column.levels.map((level) => parseIsoDate(level) === undefined);
  return offendingLevels(column, isForeign, new RuleViolations(name, A_DATE, lines));
}

function offendingLevels(
  { codes, levels }: CategoryColumn,
  isOffending: readonly boolean[],
  found: RuleViolations,
): Violation[] {
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] >= 0 && isOffending[codes[row]]) found.add(row, quoted(levels[codes[row]]));
  }
  return found.violations();
}

function presentColumns(names: readonly string[]): string {
  // The usual cause of a single strange column.
  const hint = names.length === 1 && /[;\t|,]/.test(names[0]) ? '; is this the right delimiter?' : '';
  return `The columns are: ${quotedList(names) || 'none'}${hint}`;
}
