import {
  type ColumnKind,
  isPlainObject,
  isString,
  missingColumn,
  requireParameter,
  type Table,
} from '@churn/core';
import { chosenColumns } from './chosen-columns.js';
import { wildcard } from './wildcard.js';

/** Which columns: by name, in that order; all of a kind; or all whose name fits a pattern, `*` being any run of characters. */
export type ColumnSelector = readonly string[] | { readonly kind: ColumnKind } | { readonly pattern: string };

/**
 * A selector, checked and copied.
 * @throws `invalid-parameter` where it is none of its forms.
 */
export function columnSelector(selector: ColumnSelector): ColumnSelector {
  if (Array.isArray(selector)) return chosenColumns(selector) as readonly string[];
  const { kind, pattern, ...rest }: Record<string, unknown> = isPlainObject(selector) ? selector : {};
  const isKind = pattern === undefined && (kind === 'numeric' || kind === 'category');
  const isPattern = kind === undefined && isString(pattern);
  requireParameter(
    (isKind || isPattern) && Object.keys(rest).length === 0,
    'columns',
    'a list of column names, { kind } or { pattern }',
    selector,
  );
  return { ...selector };
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
