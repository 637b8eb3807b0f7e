import {
  type ColumnKind,
  isPlainObject,
  isString,
  missingColumn,
  type Parameter,
  parameter,
  type Table,
} from '@churn/core';
import { areDistinctNames } from './chosen-columns.js';
import { wildcard } from './wildcard.js';

/** Which columns: by name, in that order; all of a kind; or all whose name fits a pattern, `*` being any run of characters. */
export type ColumnSelector = readonly string[] | { readonly kind: ColumnKind } | { readonly pattern: string };

/** What chooses columns. */
export function columnSelector(): Parameter<ColumnSelector> {
  return parameter('a list of column names, each once, { kind } or { pattern }', isSelector);
}

function isSelector(value: unknown): value is ColumnSelector {
  if (Array.isArray(value)) return areDistinctNames(value);
  const { kind, pattern, ...others }: Record<string, unknown> = isPlainObject(value) ? value : {};
  const isKind = pattern === undefined && (kind === 'numeric' || kind === 'category');
  const isPattern = kind === undefined && isString(pattern);
  return (isKind || isPattern) && Object.keys(others).length === 0;
}

/**
 * The names of the columns that the selector means in this table: those given by name in the order given, the others in
 * the order of the table. A kind or a pattern may mean none.
 *
 * @throws `column-name` where a column given by name is not there.
 */
export function selectedColumns(x: Table, selector: ColumnSelector): readonly string[] {
  if ('kind' in selector) return x.namesOf(selector.kind);
  if ('pattern' in selector) return x.names.filter(wildcard(selector.pattern));
  const absent = selector.find((name) => !x.has(name));
  if (absent !== undefined) throw missingColumn(absent, x.names);
  return selector;
}
