import { createHmac } from 'node:crypto';
import { ChurnError, cellAt, similarName } from '@churn/core';
import { quoted } from '@churn/io';
import { answersOf } from '../../scoring/answers.js';
import type { AnyScoringModel } from '../../scoring/scoring-model.js';
import type { RequestRows } from '../read-rows.js';

/** Which columns of the rows are logged, and which of them as hashes alone. */
export interface LoggedColumnsOptions {
  /** Those named, all, or none. */
  readonly columns: 'all' | 'none' | readonly string[];
  /** Those of which a hash is logged, whether or not they are among `columns`. */
  readonly hashed: readonly string[];
  /** What the hashes are keyed by, so that nobody finds a value by trying. */
  readonly salt?: string;
}

/** The columns that tell which prediction a row of the log is; they begin as all that scoring adds. */
export function identityColumns(predicts: string) {
  return {
    time: `${predicts}_time`,
    request: `${predicts}_request`,
    row: `${predicts}_row`,
    model: `${predicts}_model`,
  };
}

/** What the column of a hash is called, so that no reader takes it for the column itself. */
function hashedName(column: string): string {
  return `${column}_hash`;
}

/**
 * Refuses columns that a model does not have, and those that the log has itself.
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
    const meant = similarName(unknown, names);
    throw new ChurnError(
      'invalid-parameter',
      `monitoring.log.${key}: ${quoted(unknown)} is no column of the model${meant === undefined ? '' : `; did you mean ${quoted(meant)}?`}`,
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
      `monitoring.log: the log has a column ${quoted(taken)} of its own, and so has the model`,
    );
  }
}

/** A member of a logged row. */
interface Member {
  /** Of the column in the row. */
  readonly name: string;
  /** As JSON, behind a comma. */
  readonly key: string;
  readonly hash?: (text: string) => string;
}

/** The members of a JSON object with what is logged of each row, the first behind a comma. Columns that the model lacks are ignored. */
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
      // As JSON has it, in a fraction of the time.
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

/** Of so many texts, none of them long, the result is kept: those of a category come again and again. */
const MOST_KEPT = 10_000;
const LONGEST_KEPT = 100;

/** A function of texts that keeps what it gave. */
function kept(work: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    if (text.length > LONGEST_KEPT) return work(text);
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = work(text);
    if (results.size >= MOST_KEPT) results.clear();
    results.set(text, result);
    return result;
  };
}
