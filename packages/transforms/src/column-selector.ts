import {
  type CategoryColumn,
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

/**
 * A selection of columns: by name, in that order; all of a kind; all category columns whose number of levels is between two bounds; or
 * all whose name matches a pattern, in which `*` stands for any run of characters.
 */
export type ColumnSelector =
  | readonly string[]
  | { readonly kind: ColumnKind }
  | CategorySelector
  | { readonly pattern: string };

/** Category columns by their number of levels that have rows. */
interface CategorySelector {
  readonly kind: 'category';
  /** The minimum number of levels; default 0. */
  readonly minLevels?: number;
  /** The maximum number of levels; default no limit. */
  readonly maxLevels?: number;
}

/** A parameter that selects columns. */
export function columnSelector(): Parameter<ColumnSelector> {
  return parameter(
    'a list of unique column names, { kind }, { kind: "category", minLevels, maxLevels } or { pattern }',
    isSelector,
  );
}

function isSelector(value: unknown): value is ColumnSelector {
  if (Array.isArray(value)) return areDistinctNames(value);
  const { kind, pattern, minLevels, maxLevels, ...others }: Record<string, unknown> = isPlainObject(value)
    ? value
    : {};
  const areBounds = [minLevels, maxLevels].every((bound) => bound === undefined || isCount(bound));
  const hasBounds = minLevels !== undefined || maxLevels !== undefined;
  const isKind =
    pattern === undefined && (kind === 'category' ? areBounds : kind === 'numeric' && !hasBounds);
  const isPattern = kind === undefined && isString(pattern) && !hasBounds;
  return (isKind || isPattern) && Object.keys(others).length === 0;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

/**
 * The names of the selected columns of a table: those given by name in the order given, others in the order of the table. A kind or a
 * pattern may select none.
 *
 * @throws `column-name` if a column given by name is missing.
 */
export function selectedColumns(x: Table, selector: ColumnSelector): readonly string[] {
  if ('kind' in selector) {
    const names = x.namesOf(selector.kind);
    const { minLevels = 0, maxLevels = Infinity } = selector as CategorySelector;
    if (minLevels === 0 && maxLevels === Infinity) return names;
    return names.filter((name) => {
      const count = presentLevels(x.category(name));
      return count >= minLevels && count <= maxLevels;
    });
  }
  if ('pattern' in selector) return x.names.filter(wildcard(selector.pattern));
  const absent = selector.find((name) => !x.has(name));
  if (absent !== undefined) throw missingColumn(absent, x.names, selector);
  return selector;
}

/** The number of levels that have rows. */
function presentLevels({ codes, levels }: CategoryColumn): number {
  const isPresent = new Uint8Array(levels.length);
  let count = 0;
  for (const code of codes) {
    if (code < 0 || isPresent[code] === 1) continue;
    isPresent[code] = 1;
    count++;
  }
  return count;
}
