import { type CategoryColumn, type Column, numericColumn, type Table } from '@churn/core';

/** The rows of a table in groups with their own fill values. */
interface FillGroups<V> {
  /** The group of each row as an index into `fills`; -1 for none. */
  readonly codes: Int32Array;
  readonly fills: readonly V[];
}

/**
 * A column with each missing value replaced by that of its row's group, or by `value` in rows without a group. The same values if none is
 * missing, or if there is no `value`.
 *
 * @throws `column-name` or `column-kind` if there is no column that can contain `value`.
 */
export type FillColumn<V> = (x: Table, name: string, value: V | null, groups?: FillGroups<V>) => Column;

/** Fills a numeric column; the column must be numeric even if there is missing for it. */
export const fillNumbers: FillColumn<number> = (x, name, value, groups) => {
  const values = x.numeric(name);
  if (value === null || !values.includes(NaN)) return numericColumn(values);
  const filled = values.slice();
  const codes = groups?.codes;
  const fills = Float64Array.from(groups?.fills ?? []);
  for (let row = 0; row < filled.length; row++) {
    if (!Number.isNaN(filled[row])) continue;
    filled[row] = codes !== undefined && codes[row] >= 0 ? fills[codes[row]] : value;
  }
  return numericColumn(filled);
};

/** Fills a column with numbers or levels, depending on `value`; without a value it may be of either kind. */
export const fillEither: FillColumn<number | string> = (x, name, value, groups) => {
  if (value === null) return x.column(name);
  if (typeof value === 'number') return fillNumbers(x, name, value, groups as FillGroups<number> | undefined);
  const column = x.category(name);
  if (!column.codes.includes(-1)) return column;
  return groups ? filledByGroup(column, value, groups) : filledWith(column, value);
};

/** The column with each missing value replaced by `level`, known or new. */
function filledWith(column: CategoryColumn, level: string): CategoryColumn {
  const levels = column.levels.includes(level) ? column.levels : [...column.levels, level];
  const replacement = levels.indexOf(level);
  const codes = column.codes.slice();
  for (let row = 0; row < codes.length; row++) if (codes[row] < 0) codes[row] = replacement;
  return { kind: 'category', codes, levels };
}

/** The same by group; only new levels that some row gets are added. */
function filledByGroup(
  column: CategoryColumn,
  otherwise: string,
  groups: FillGroups<number | string>,
): CategoryColumn {
  const codeOf = new Map(column.levels.map((level, code) => [level, code]));
  const codes = column.codes.slice();
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] >= 0) continue;
    const group = groups.codes[row];
    const level = group < 0 ? otherwise : (groups.fills[group] as string);
    let code = codeOf.get(level);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(level, code);
    }
    codes[row] = code;
  }
  return { kind: 'category', codes, levels: [...codeOf.keys()] };
}
