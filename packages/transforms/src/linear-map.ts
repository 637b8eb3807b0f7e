import { ChurnError, isNumber, isPlainObject, type RowStep, type Table, type TableSchema } from '@churn/core';
import { mapNumeric, mapNumericRow } from './numeric-columns.js';

/** What a scaler subtracts from a column and then divides it by; the scale is never 0. */
export type Centring = { readonly center: number; readonly scale: number };

/** The centring of each column; `null` where it had no value. */
export type Centrings = Readonly<Record<string, Centring | null>>;

/** `(value - center) / scale` in each column. */
export function centre(x: Table, learned: Centrings): Table {
  return mapNumeric(x, learned, (values, { center, scale }) => {
    const result = new Float64Array(values.length);
    for (let row = 0; row < values.length; row++) result[row] = (values[row] - center) / scale;
    return result;
  });
}

/** `value scale + center` in each column: the inverse of `centre`. */
export function uncentre(x: Table, learned: Centrings): Table {
  return mapNumeric(x, learned, (values, { center, scale }) => values.map((value) => value * scale + center));
}

/** `centre` for one row at a time. */
export function centreRow(schema: TableSchema, learned: Centrings): RowStep {
  return mapNumericRow(
    schema,
    learned,
    ({ center, scale }) =>
      (value) =>
        (value - center) / scale,
  );
}

/**
 * The centring of a column.
 * @throws `invalid-data` where the range of its values is beyond the largest number.
 */
export function centring(name: string, center: number, scale: number): Centring {
  if (Number.isFinite(center) && Number.isFinite(scale)) return { center, scale };
  throw new ChurnError(
    'invalid-data',
    `column "${name}": the range of its values is beyond the largest number, ${Number.MAX_VALUE}`,
  );
}

export function isCentringOrNull(value: unknown): value is Centring | null {
  return (
    value === null ||
    (isPlainObject(value) && isNumber(value.center) && isNumber(value.scale) && value.scale > 0)
  );
}
