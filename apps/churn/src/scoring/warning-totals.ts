import { quoted } from '@churn/io';
import type { RowWarning } from './row-warnings.js';

/** The number of rows with a certain warning. */
export interface WarningTotal extends Pick<RowWarning, 'kind' | 'column' | 'detail'> {
  rows: number;
  /** The first distinct values, as shown in messages. */
  readonly values: string[];
}

/** The maximum number of values listed, and the mark for more. */
const NAMED = 5;
const MORE = '…';

/** Counts warnings by column and reason. */
export class WarningTotals {
  readonly #totals = new Map<string, WarningTotal>();
  #rows = 0;

  /** The number of rows with warnings. */
  get rows(): number {
    return this.#rows;
  }

  /** In order of first occurrence. */
  get all(): readonly Readonly<WarningTotal>[] {
    return [...this.#totals.values()];
  }

  /** Adds the warnings of one row. */
  add(warnings: readonly RowWarning[]): void {
    if (warnings.length > 0) this.#rows++;
    for (const { kind, column, detail, received } of warnings) {
      const key = JSON.stringify([column, kind, detail]);
      const total = this.#totals.get(key) ?? {
        kind,
        ...(column !== undefined && { column }),
        detail,
        rows: 0,
        values: [],
      };
      this.#totals.set(key, total);
      total.rows++;
      if (column !== undefined) addValue(total, received);
    }
  }

  /** Adds the counts of further rows. */
  merge({ rows, all }: Pick<WarningTotals, 'rows' | 'all'>): void {
    this.#rows += rows;
    for (const later of all) {
      const { column, kind, detail } = later;
      const key = JSON.stringify([column, kind, detail]);
      const total = this.#totals.get(key);
      if (total === undefined) {
        this.#totals.set(key, { ...later, values: [...later.values] });
        continue;
      }
      total.rows += later.rows;
      for (const value of later.values) addValue(total, value);
    }
  }
}

function addValue({ values }: WarningTotal, value: string): void {
  if (values.length > NAMED || values.includes(value)) return;
  values.push(values.length < NAMED ? value : MORE);
}

/** A total as one line of a log. */
export function totalText({ column, detail, rows, values }: WarningTotal): string {
  const count = rows === 1 ? '1 row' : `${rows} rows`;
  if (column === undefined) return `${count}: ${detail}`;
  return `column ${quoted(column)}: ${values.join(', ')} in ${count}, ${detail}`;
}
