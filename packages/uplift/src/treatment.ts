import { ChurnError, type ClassLabel, cellAt, requireParameter, type Table } from '@churn/core';

/** The treatment column and its levels. */
export interface TreatmentOptions {
  /** The treatment column. It has two levels, text or numbers. */
  readonly treatment: string;
  /** The level of the untreated rows. */
  readonly control: ClassLabel;
}

/**
 * Whether each row was treated: 0 for the level `control`, otherwise 1.
 *
 * ```ts
 * treatedRows(customers, { treatment: 'offer', control: 'none' });
 * ```
 *
 * @throws `column-name` if there is no such column; `invalid-data` if a value is missing, naming the row, or there are not two levels;
 * `invalid-parameter` if `control` is not one of them.
 */
export function treatedRows(x: Table, { treatment, control }: TreatmentOptions): Uint8Array {
  const column = x.column(treatment);
  // Columns hold booleans and other non-numbers as text.
  const untreated = column.kind === 'numeric' ? Number(control) : String(control);
  const levels = new Set<number | string>();
  const treated = Uint8Array.from({ length: x.nRows }, (_, row) => {
    const level = cellAt(column, row);
    if (level === null) {
      throw new ChurnError(
        'invalid-data',
        `column "${treatment}", row ${row}: expected a treatment, got a missing value`,
      );
    }
    levels.add(level);
    return level === untreated ? 0 : 1;
  });
  const shown = [...levels].slice(0, 10).map((level) => JSON.stringify(level));
  if (levels.size !== 2) {
    const received = `${levels.size} (${shown.join(', ')}${levels.size > 10 ? ', …' : ''})`;
    throw new ChurnError(
      'invalid-data',
      `column "${treatment}": expected two levels, the treatment and the control, got ${received}`,
    );
  }
  requireParameter(
    levels.has(untreated),
    'control',
    `a level of the column "${treatment}", ${shown.join(' or ')}`,
    control,
  );
  return treated;
}
