import { type Cell, isolateFaults, type Table } from '@churn/core';
import { type ExploredRow, fourDigits, type RowExplorer } from '@churn/eda';
import type { Reason } from '../explanation/explain-row.js';

/** So many rows of each kind can be looked at. */
export const MOST_OF_KIND = 10;
/** So many reasons are told of each. */
const MOST_REASONS = 5;

/** Rows of a kind, by their places among the test rows. */
export interface Kind {
  readonly kind: string;
  readonly places: readonly number[];
}

/** What is told of test rows, and why. */
interface Told {
  readonly x: Table;
  /** The line of the file that each comes from. */
  readonly lines: ArrayLike<number>;
  /** What the model says of a row, by its place among the test rows. */
  readonly said: (place: number) => string;
  readonly orders: RowExplorer['orders'];
  /** What it is sorted by. */
  readonly keys: (place: number) => readonly number[];
  readonly explain: (rows: Table) => readonly { readonly reasons: readonly Reason[] }[];
  /** What would change the decision on each row, in words; without it nothing is told of that. */
  readonly changes?: (rows: Table) => readonly (readonly string[])[];
}

/** Some dozens of test rows, each in the first kind that it is of, in the first of the orders. */
export function exploredRows(kinds: readonly Kind[], told: Told): RowExplorer {
  const taken = new Set<number>();
  const chosen = kinds.flatMap(({ kind, places }) =>
    places
      .filter((place) => !taken.has(place))
      .slice(0, MOST_OF_KIND)
      .map((place) => {
        taken.add(place);
        return { kind, place };
      }),
  );
  const x = told.x.take(chosen.map(({ place }) => place));
  const cells = x.toRows();
  // A row may have a prediction and no explanation, if it is far from all others.
  const { rows: explained, result: explanations } = isolateFaults(x, told.explain);
  const changes = told.changes?.(x.take(explained));
  const rows = Array.from(explained, (at, i): ExploredRow => {
    const { kind, place } = chosen[at];
    return {
      name: `Line ${told.lines[place].toLocaleString('en')}`,
      said: told.said(place),
      kind,
      keys: told.keys(place),
      reasons: explanations[i].reasons.slice(0, MOST_REASONS).map(({ text }) => text),
      ...(changes && { changes: changes[i] }),
      values: Object.entries(cells[at]).map(([name, cell]) => [name, cellText(cell)]),
    };
  });
  const sign = told.orders[0].descending ? -1 : 1;
  return { orders: told.orders, rows: rows.sort((a, b) => sign * (a.keys[0] - b.keys[0])) };
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return 'unknown';
  return typeof cell === 'number' ? fourDigits(cell) : String(cell);
}
