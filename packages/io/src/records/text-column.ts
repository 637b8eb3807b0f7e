import { type CategoryColumn, type Column, parseIsoDate } from '@churn/core';
import { parseNumber } from '../text/parse-number.js';
import { quoted } from '../text/quoted.js';
import { A_DATE, A_NUMBER, type DatasetKind } from './kind.js';
import type { Misfit } from './misfit.js';

/** A column, and which rows of it do not fit its kind; they have a missing value there. */
export interface ReadColumn {
  readonly column: Column;
  readonly misfits: readonly ({ readonly row: number } & Pick<Misfit, 'expected' | 'came'>)[];
}

/**
 * Reads a column of texts, as CSV has them.
 *
 * @param kind where it is not given, the column is numeric if all its present values are decimal numbers, so also without a value.
 * @param missing the texts that mean a missing value, compared without the spaces around a field.
 */
export function readTextColumn(
  fields: readonly string[],
  kind: DatasetKind | undefined,
  missing: ReadonlySet<string>,
): ReadColumn {
  if (kind === 'category' || kind === 'boolean')
    return { column: toCategories(fields, missing), misfits: [] };
  if (kind === 'date') return toDates(toCategories(fields, missing));
  const { values, textRows } = toNumbers(fields, missing, kind === 'numeric');
  if (textRows.length > 0 && kind === undefined) {
    return { column: toCategories(fields, missing), misfits: [] };
  }
  return {
    column: { kind: 'numeric', values },
    misfits: textRows.map((row) => ({ row, expected: A_NUMBER, came: quoted(fields[row]) })),
  };
}

/** @param all whether to go on after the first text. */
function toNumbers(
  fields: readonly string[],
  missing: ReadonlySet<string>,
  all: boolean,
): { values: Float64Array; textRows: number[] } {
  const values = new Float64Array(fields.length);
  const textRows: number[] = [];
  const someNumeric = Array.from(missing, parseNumber).some((value) => !Number.isNaN(value));
  for (let row = 0; row < fields.length; row++) {
    const value = parseNumber(fields[row]);
    const isNumber = !Number.isNaN(value);
    // Most fields are numbers: a look into the set for each would cost more than all the rest.
    const isMissing = (!isNumber || someNumeric) && missing.has(fields[row].trim());
    values[row] = isMissing ? NaN : value;
    if (isNumber || isMissing) continue;
    textRows.push(row);
    if (!all) break;
  }
  return { values, textRows };
}

function toCategories(fields: readonly string[], missing: ReadonlySet<string>): CategoryColumn {
  const codeOf = new Map<string, number>();
  const levels: string[] = [];
  const codes = Int32Array.from(fields, (field) => {
    let code = codeOf.get(field);
    if (code === undefined) {
      code = missing.has(field.trim()) ? -1 : levels.push(field) - 1;
      codeOf.set(field, code);
    }
    return code;
  });
  return { kind: 'category', codes, levels };
}

function toDates(column: CategoryColumn): ReadColumn {
  const isDate = column.levels.map((level) => parseIsoDate(level) !== undefined);
  if (isDate.every(Boolean)) return { column, misfits: [] };
  const { levels } = column;
  const misfits = Array.from(column.codes).flatMap((code, row) =>
    code < 0 || isDate[code] ? [] : [{ row, expected: A_DATE, came: quoted(levels[code]) }],
  );
  const codes = column.codes.map((code) => (isDate[code] ? code : -1));
  return { column: { kind: 'category', codes, levels }, misfits };
}
