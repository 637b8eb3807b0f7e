import { type Cell, type Column, requireParameter, type Table } from '@churn/core';

/** The values at which the dependence on a column is evaluated. */
export interface ColumnGrid {
  readonly column: string;
  /** Numbers ascending; categories the most frequent first. */
  readonly values: readonly Cell[];
  /** A column with the values at `indices`, each repeated `times` times. */
  repeated(indices: ArrayLike<number>, times: number): Column;
}

/**
 * The grid of a column: numbers at evenly spaced quantiles, or all distinct numbers if they are few; for categories the most frequent levels.
 *
 * @param chosen values to use instead.
 * @throws `invalid-parameter` if the column has only missing values, or `chosen` is not of its kind.
 */
export function columnGrid(
  x: Table,
  column: string,
  resolution: number,
  chosen: readonly Cell[] | undefined,
): ColumnGrid {
  const of = x.column(column);
  const kind = of.kind === 'numeric' ? 'number' : 'string';
  if (chosen) {
    const isOfKind = chosen.length > 0 && chosen.every((value) => typeof value === kind);
    const expected = of.kind === 'numeric' ? 'numbers' : 'categories';
    requireParameter(isOfKind, 'grid', `${expected} for column "${column}"`, chosen);
  }
  const values =
    chosen ?? (of.kind === 'numeric' ? quantiles(of.values, resolution) : frequent(of, resolution));
  requireParameter(values.length > 0, 'columns', 'columns with non-missing values', column);
  const levels = values.map(String);
  return {
    column,
    values,
    repeated(indices, times) {
      const length = indices.length * times;
      if (of.kind === 'numeric') {
        const filled = Float64Array.from(
          { length },
          (_, i) => values[indices[Math.floor(i / times)]] as number,
        );
        return { kind: 'numeric', values: filled };
      }
      const codes = Int32Array.from({ length }, (_, i) => indices[Math.floor(i / times)]);
      return { kind: 'category', codes, levels };
    },
  };
}

/** The distinct numbers among `count` quantiles, including the minimum and the maximum, by the inverse of the empirical distribution. */
export function quantiles(values: Float64Array, count: number): number[] {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return [];
  const distinct = [...new Set(known)];
  if (distinct.length <= count) return distinct;
  const at = Array.from({ length: count }, (_, i) => {
    return known[Math.max(0, Math.ceil((i * known.length) / (count - 1)) - 1)];
  });
  return [...new Set(at)];
}

function frequent(
  { codes, levels }: { readonly codes: Int32Array; readonly levels: readonly string[] },
  count: number,
): string[] {
  const counts = levels.map(() => 0);
  for (const code of codes) if (code >= 0) counts[code]++;
  return [...levels.keys()]
    .filter((code) => counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a])
    .slice(0, count)
    .map((code) => levels[code]);
}
