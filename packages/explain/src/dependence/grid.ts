import { type Cell, type Column, requireParameter, type Table } from '@churn/core';

/** The values at which the dependence on a column is looked at. */
export interface ColumnGrid {
  readonly column: string;
  /** Of numbers ascending; of categories the most frequent first. */
  readonly values: readonly Cell[];
  /** A column that has each of the values at `places`, so many times. */
  repeated(places: ArrayLike<number>, times: number): Column;
}

/**
 * The values of a column: numbers at evenly spaced quantiles, or all if they are few; of categories the most frequent.
 *
 * @param wished what to take in place of these.
 * @throws `invalid-parameter` if the column has no known value, or `wished` is not of its kind.
 */
export function columnGrid(
  x: Table,
  column: string,
  resolution: number,
  wished: readonly Cell[] | undefined,
): ColumnGrid {
  const of = x.column(column);
  const kind = of.kind === 'numeric' ? 'number' : 'string';
  if (wished) {
    const isOfKind = wished.length > 0 && wished.every((value) => typeof value === kind);
    const expected = of.kind === 'numeric' ? 'numbers' : 'categories';
    requireParameter(isOfKind, 'grid', `${expected} for column "${column}"`, wished);
  }
  const values =
    wished ?? (of.kind === 'numeric' ? quantiles(of.values, resolution) : frequent(of, resolution));
  requireParameter(values.length > 0, 'columns', 'columns with known values', column);
  const levels = values.map(String);
  return {
    column,
    values,
    repeated(places, times) {
      const length = places.length * times;
      if (of.kind === 'numeric') {
        const filled = Float64Array.from(
          { length },
          (_, i) => values[places[Math.floor(i / times)]] as number,
        );
        return { kind: 'numeric', values: filled };
      }
      const codes = Int32Array.from({ length }, (_, i) => places[Math.floor(i / times)]);
      return { kind: 'category', codes, levels };
    },
  };
}

/** The distinct numbers among `count` quantiles, from the least to the greatest, by the inverse of the empirical distribution. */
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
