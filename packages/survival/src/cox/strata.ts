import {
  type Cell,
  ChurnError,
  type Column,
  cellAt,
  type RowFault,
  rowFaultError,
  type Table,
} from '@churn/core';

/** The values that make a stratum: one per column that the strata are by. */
export type StratumValues = readonly (number | string)[];

/** The strata of rows. */
export interface Strata {
  /** Each stratum by its values, in the order in which rows first show them. */
  readonly values: readonly StratumValues[];
  /** The stratum of each row, by its position in `values`. */
  readonly codes: Uint32Array;
}

/**
 * The strata that rows are in, by their values in the columns `names`; without columns there is one.
 *
 * @param known the strata that there are; without it, those that the rows show.
 * @throws `column-name` for a column that does not exist; `invalid-data` if a value is missing, or a row is in no stratum that is known.
 */
export function strataOf(x: Table, names: readonly string[], known?: readonly StratumValues[]): Strata {
  const codes = new Uint32Array(x.nRows);
  if (names.length === 0) return { values: known ?? [[]], codes };
  const columns = names.map((name) => x.column(name));
  const values: StratumValues[] = [...(known ?? [])];
  const codeOf = new Map(values.map((each, code) => [keyOf(each), code]));
  const faults: RowFault[] = [];
  for (let row = 0; row < x.nRows; row++) {
    const own = columns.map((column) => valueAt(column, row));
    const key = keyOf(own);
    let code = codeOf.get(key);
    if (code === undefined && !known && own.every((value) => value !== null)) {
      code = values.push(own as StratumValues) - 1;
      codeOf.set(key, code);
    }
    if (code === undefined) faults.push(fault(row, names, own, known));
    else codes[row] = code;
  }
  if (faults.length > 0) throw rowFaultError(faults);
  return { values, codes };
}

function fault(
  row: number,
  names: readonly string[],
  own: readonly Cell[],
  known: readonly StratumValues[] | undefined,
): RowFault {
  const gap = own.indexOf(null);
  // With several columns, each of the values may be known.
  const amiss =
    gap >= 0
      ? gap
      : Math.max(
          0,
          own.findIndex((value, c) => !known?.some((each) => each[c] === value)),
        );
  const received = gap >= 0 ? 'a missing value' : JSON.stringify(names.length > 1 ? own : own[0]);
  return { row, column: names[amiss], detail: `expected a stratum of training, got ${received}` };
}

function valueAt(column: Column, row: number): number | string | null {
  const value = cellAt(column, row);
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

function keyOf(values: readonly Cell[]): string {
  return JSON.stringify(values);
}

/** Refuses columns to make strata by that leave no other. @throws `column-name` for one that does not exist. */
export function covariatesOf(x: Table, strata: readonly string[]): string[] {
  for (const name of strata) x.column(name);
  const covariates = x.names.filter((name) => !strata.includes(name));
  if (covariates.length > 0) return covariates;
  throw new ChurnError('invalid-data', 'CoxRegression: expected at least one feature column, got none');
}
