import { ChurnError, didYouMean, isBoolean, isNumber, isPlainObject, isString } from '@churn/core';
import type { DatasetKind } from '../records/kind.js';
import { clipped, quoted } from '../text/quoted.js';
import type { DatasetColumn, DatasetSchema } from './dataset-schema.js';

interface Field {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** The allowed names. */
  readonly choices?: readonly string[];
}

const YES_OR_NO: Field = { expected: 'true or false', accepts: isBoolean };
const NUMBER: Field = { expected: 'a number', accepts: isNumber };

const TEXTS: Field = {
  expected: 'a list of texts (put numbers in quotes)',
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isString),
};

const KINDS: readonly DatasetKind[] = ['numeric', 'category', 'boolean', 'date'];

const FIELDS: ReadonlyMap<string, Field> = new Map<keyof DatasetColumn, Field>([
  ['name', { expected: 'text', accepts: isString }],
  [
    'kind',
    {
      expected: '"numeric", "category", "boolean" or "date"',
      accepts: (value) => KINDS.includes(value as DatasetKind),
      choices: KINDS,
    },
  ],
  ['decimal', { expected: '"." or ","', accepts: (value) => value === '.' || value === ',' }],
  [
    'dateOrder',
    {
      expected: '"dayFirst" or "monthFirst"',
      accepts: (value) => value === 'dayFirst' || value === 'monthFirst',
      choices: ['dayFirst', 'monthFirst'],
    },
  ],
  ['missing', TEXTS],
  ['required', YES_OR_NO],
  ['nullable', YES_OR_NO],
  ['min', NUMBER],
  ['max', NUMBER],
  ['integer', YES_OR_NO],
  ['levels', TEXTS],
]);

/** The kind of column to which a rule applies. */
const KIND_OF = {
  decimal: 'numeric',
  dateOrder: 'date',
  min: 'numeric',
  max: 'numeric',
  integer: 'numeric',
  levels: 'category',
} as const;

/**
 * Validates a dataset schema, for instance from a configuration file.
 *
 * @param source the name of its source, for messages.
 * @throws `invalid-parameter`, naming the column and the field that is invalid, unknown or contradicts another.
 */
export function parseDatasetSchema(value: unknown, source = 'schema'): DatasetSchema {
  if (!Array.isArray(value)) throw refuse(source, 'expected a list of columns', value);
  const names = new Set<string>();
  return value.map((column: unknown, i) => {
    const named = isPlainObject(column) && isString(column.name) ? ` (column ${quoted(column.name)})` : '';
    const parsed = parseDatasetColumn(column, `${source}[${i}]${named}`);
    if (names.has(parsed.name)) {
      throw new ChurnError('invalid-parameter', `${source}: column ${quoted(parsed.name)} appears twice`);
    }
    names.add(parsed.name);
    return parsed;
  });
}

/**
 * Validates the rules of a column.
 *
 * @param where the name of its source, for messages.
 * @throws `invalid-parameter`, naming the field that is invalid, unknown or contradicts another.
 */
export function parseDatasetColumn(value: unknown, where: string): DatasetColumn {
  if (!isPlainObject(value)) throw refuse(where, 'expected an object with a name and a kind', value);
  const known = [...FIELDS.keys()];
  for (const key of Object.keys(value)) {
    if (FIELDS.has(key)) continue;
    throw new ChurnError(
      'invalid-parameter',
      `${where}: unknown field ${quoted(key)}, expected one of ${known.join(', ')}${didYouMean(key, known)}`,
    );
  }
  for (const [key, { expected, accepts, choices }] of FIELDS) {
    const needed = key === 'name' || key === 'kind';
    if ((needed || value[key] !== undefined) && !accepts(value[key])) {
      throw refuse(where, `expected "${key}" to be ${expected}`, value[key], choices);
    }
  }
  const column = value as unknown as DatasetColumn;
  for (const [key, kind] of Object.entries(KIND_OF)) {
    if (value[key] === undefined || column.kind === kind) continue;
    throw new ChurnError(
      'invalid-parameter',
      `${where}: "${key}" has no meaning for a ${column.kind} column`,
    );
  }
  if (column.min !== undefined && column.max !== undefined && column.min > column.max) {
    throw new ChurnError('invalid-parameter', `${where}: min ${column.min} is above max ${column.max}`);
  }
  return column;
}

function refuse(
  where: string,
  expected: string,
  received: unknown,
  choices: readonly string[] = [],
): ChurnError {
  const shown = received === undefined ? 'nothing' : clipped(JSON.stringify(received) ?? String(received));
  return new ChurnError(
    'invalid-parameter',
    `${where}: ${expected}, got ${shown}${didYouMean(received, choices)}`,
  );
}
