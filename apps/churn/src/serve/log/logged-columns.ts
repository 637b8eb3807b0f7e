import { createHmac } from 'node:crypto';
import { ChurnError, cellAt, similarName } from '@churn/core';
import { quoted } from '@churn/io';
import { answersOf } from '../../scoring/answers.js';
import type { AnyScoringModel } from '../../scoring/scoring-model.js';
import type { RequestRows } from '../read-rows.js';

/** The columns that are logged, as values or as hashes. */
export interface LoggedColumnsOptions {
  /** The names of the columns, all, or none. */
  readonly columns: 'all' | 'none' | readonly string[];
  /** The columns logged as a hash, whether or not they are in `columns`. */
  readonly hashed: readonly string[];
  /** The salt of the hashes, so that values cannot be found by trial. */
  readonly salt?: string;
}

/** The columns that identify a prediction in the log, with the prefix of all columns that scoring adds. */
export function identityColumns(predicts: string) {
  return {
    time: `${predicts}_time`,
    request: `${predicts}_request`,
    row: `${predicts}_row`,
    model: `${predicts}_model`,
  };
}

/** The name of a hashed column, distinct from that of the column itself. */
function hashedName(column: string): string {
  return `${column}_hash`;
}

/**
 * Rejects columns that the model does not have, and columns of the log itself.
 * @throws `invalid-parameter`, naming the column.
 */
export function requireLoggable(model: AnyScoringModel, { columns, hashed }: LoggedColumnsOptions): void {
  const { schema, predicts } = model;
  const names = schema.map(({ name }) => name);
  for (const [key, given] of [
    ['columns', typeof columns === 'string' ? [] : columns],
    ['hashed', hashed],
  ] as const) {
    const unknown = given.find((each) => !names.includes(each));
    if (unknown === undefined) continue;
    const meant = similarName(
      unknown,
      names.filter((name) => !given.includes(name)),
    );
    throw new ChurnError(
      'invalid-parameter',
      `monitoring.log.${key}: ${quoted(unknown)} is not a column of the model${meant === undefined ? '' : `; did you mean ${quoted(meant)}?`}`,
    );
  }
  const own = new Set([
    ...Object.values(identityColumns(predicts)),
    ...answersOf(model).columns.map(({ name }) => name),
    ...hashed.map(hashedName),
  ]);
  const taken = names.find((name) => own.has(name));
  if (taken !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `monitoring.log: expected a model without a column ${quoted(taken)}, which the log adds`,
    );
  }
}

/** A member of the JSON object of a logged row. */
interface Member {
  /** The name of the column. */
  readonly name: string;
  /** Its key as JSON, after a comma. */
  readonly key: string;
  readonly hash?: (text: string) => string;
}

/**
 * Returns a function that formats the logged columns of a row as members of a JSON object, starting with a comma. Columns that the model
 * lacks are ignored.
 */
export function loggedColumns(
  { schema }: Pick<AnyScoringModel, 'schema'>,
  { columns, hashed, salt = '' }: LoggedColumnsOptions,
): (rows: RequestRows) => string[] {
  const isHashed = new Set(hashed);
  const isChosen = columns === 'all' ? () => true : (name: string) => columns.includes(name);
  const hash = kept((text) => createHmac('sha256', salt).update(text, 'utf8').digest('hex'));
  const members = schema.flatMap(({ name }): Member[] => {
    if (isHashed.has(name)) return [{ name, key: `,${JSON.stringify(hashedName(name))}:`, hash }];
    return isChosen(name) ? [{ name, key: `,${JSON.stringify(name)}:` }] : [];
  });
  const textOfLevel = kept((level) => JSON.stringify(level));
  const textOf = (cellOf: (name: string) => unknown): string => {
    let text = '';
    for (const { name, key, hash } of members) {
      const value = cellOf(name);
      if (value === null || value === undefined || Number.isNaN(value)) text += `${key}null`;
      else if (hash) text += `${key}"${hash(String(value))}"`;
      else if (typeof value === 'string') text += key + textOfLevel(value);
      // Equal to JSON.stringify, in a fraction of the time.
      else text += Number.isFinite(value) ? `${key}${value}` : `${key}null`;
    }
    return text;
  };
  return (rows) => {
    if ('single' in rows) return [textOf((name) => rows.single[name])];
    const { table } = rows;
    return Array.from({ length: table.nRows }, (_, row) => textOf((name) => cellAt(table.column(name), row)));
  };
}

/** The limits of the cache of texts, useful since categories repeat. */
const MAX_KEPT = 10_000;
const LONGEST_KEPT = 100;

/** A cached function of texts. */
function kept(work: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    if (text.length > LONGEST_KEPT) return work(text);
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = work(text);
    if (results.size >= MAX_KEPT) results.clear();
    results.set(text, result);
    return result;
  };
}
