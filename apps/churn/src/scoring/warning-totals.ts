import { clipped, quoted } from '@churn/io';
import { type RowWarning, shownValue, type UnusualValue } from './row-warnings.js';

/** The number of rows with a certain warning. */
export interface WarningTotal extends Pick<RowWarning, 'kind' | 'column' | 'detail'> {
  rows: number;
  /** The first distinct values, shortened if long; `null` for a missing one. */
  readonly values: UnusualValue[];
  /** Present if there are further values. */
  hasMoreValues?: true;
}

/** The maximum number of values listed. */
const NAMED = 5;

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
    for (const { kind, column, detail, value } of warnings) {
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
      if (column !== undefined) addValue(total, typeof value === 'string' ? clipped(value) : value);
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
      if (later.hasMoreValues) total.hasMoreValues = true;
    }
  }
}

function addValue(total: WarningTotal, value: UnusualValue): void {
  const { values } = total;
  if (values.includes(value)) return;
  if (values.length < NAMED) values.push(value);
  else total.hasMoreValues = true;
}

/** The values of a total as text. */
export function valuesText({ values, hasMoreValues }: WarningTotal): string {
  return [...values.map(shownValue), ...(hasMoreValues ? ['…'] : [])].join(', ');
}

/** A total as one line of a log. */
export function totalText(total: WarningTotal): string {
  const { column, detail, rows } = total;
  const count = rows === 1 ? '1 row' : `${rows} rows`;
  if (column === undefined) return `${count}: ${detail}`;
  return `column ${quoted(column)}: ${valuesText(total)} in ${count}, ${detail}`;
}
