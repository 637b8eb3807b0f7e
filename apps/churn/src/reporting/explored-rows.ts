import { type Cell, isolateFaults, type Table } from '@churn/core';
import { type ExploredRow, fourDigits, type RowExplorer } from '@churn/eda';
import type { Reason } from '../explanation/explain-row.js';

/** The maximum number of rows of each kind. */
export const MAX_OF_KIND = 10;
/** The maximum number of reasons per row. */
const MAX_REASONS = 5;

/** Rows of a kind, as indices of test rows. */
export interface Kind {
  readonly kind: string;
  readonly places: readonly number[];
}

/** The content shown for test rows. */
interface ShownRows {
  readonly x: Table;
  /** The line of each row in the file. */
  readonly lines: ArrayLike<number>;
  /** The prediction for a test row, as text. */
  readonly said: (place: number) => string;
  readonly orders: RowExplorer['orders'];
  /** The sort keys. */
  readonly keys: (place: number) => readonly number[];
  readonly explain: (rows: Table) => readonly { readonly reasons: readonly Reason[] }[];
  /** The counterfactuals of each row, as text, if requested. */
  readonly changes?: (rows: Table) => readonly (readonly string[])[];
}

/** Some dozens of test rows, each under the first kind that it belongs to, sorted by the first order. */
export function exploredRows(kinds: readonly Kind[], source: ShownRows): RowExplorer {
  const taken = new Set<number>();
  const chosen = kinds.flatMap(({ kind, places }) =>
    places
      .filter((place) => !taken.has(place))
      .slice(0, MAX_OF_KIND)
      .map((place) => {
        taken.add(place);
        return { kind, place };
      }),
  );
  const x = source.x.take(chosen.map(({ place }) => place));
  const cells = x.toRows();
  // A row far from all others may have a prediction but no explanation.
  const { rows: explained, result: explanations } = isolateFaults(x, source.explain);
  const changes = source.changes?.(x.take(explained));
  const rows = Array.from(explained, (at, i): ExploredRow => {
    const { kind, place } = chosen[at];
    return {
      name: `Line ${source.lines[place].toLocaleString('en')}`,
      said: source.said(place),
      kind,
      keys: source.keys(place),
      reasons: explanations[i].reasons.slice(0, MAX_REASONS).map(({ text }) => text),
      ...(changes && { changes: changes[i] }),
      values: Object.entries(cells[at]).map(([name, cell]) => [name, cellText(cell)]),
    };
  });
  const sign = source.orders[0].descending ? -1 : 1;
  return { orders: source.orders, rows: rows.sort((a, b) => sign * (a.keys[0] - b.keys[0])) };
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return 'unknown';
  return typeof cell === 'number' ? fourDigits(cell) : String(cell);
}
