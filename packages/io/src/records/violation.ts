import { ChurnError } from '@churn/core';
import { quoted } from '../text/quoted.js';
import type { InvalidCell } from './invalid-value.js';

/** One rule that a column of a table breaks. */
export interface Violation {
  readonly column: string;
  /** What was expected and what came, with the first few places. */
  readonly message: string;
  /** How many cells break the rule; 1 if it is the column that does. */
  readonly count: number;
  /** The first row that breaks the rule, counted from 0; absent if it is the column that does. */
  readonly row?: number;
  /** The line of that row in its file, counted from 1, where lines are known. */
  readonly line?: number;
}

/** Gathers the cells of a column that break one rule: all are counted, the first few are shown. */
export class Offences {
  readonly #column: string;
  readonly #expected: string;
  readonly #lines: ArrayLike<number> | undefined;
  readonly #shown: string[] = [];
  #count = 0;
  #row = 0;

  /** @param expected what each cell should be, for the message. */
  constructor(column: string, expected: string, lines?: ArrayLike<number>) {
    this.#column = column;
    this.#expected = expected;
    this.#lines = lines;
  }

  /** @param came what stands in that row, as a message shows it. */
  add(row: number, received: string): void {
    if (this.#count === 0) this.#row = row;
    this.#count++;
    if (this.#count > 3) return;
    this.#shown.push(`${received} in ${this.#lines ? `line ${this.#lines[row]}` : `row ${row}`}`);
  }

  /** The violation, where any cell was added. */
  violations(): Violation[] {
    if (this.#count === 0) return [];
    const rest = this.#count - this.#shown.length;
    const received = this.#shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
    return [
      {
        column: this.#column,
        message: `expected ${this.#expected}, got ${received}`,
        count: this.#count,
        row: this.#row,
        ...(this.#lines && { line: this.#lines[this.#row] }),
      },
    ];
  }
}

/** The values that do not fit their columns, as one violation for each column and what it expects. */
export function invalidValueViolations(
  invalidValues: readonly InvalidCell[],
  lines?: ArrayLike<number>,
): Violation[] {
  const found = new Map<string, Offences>();
  for (const { column, expected, row, received } of invalidValues) {
    const key = JSON.stringify([column, expected]);
    const offences = found.get(key) ?? new Offences(column, expected, lines);
    found.set(key, offences);
    offences.add(row, received);
  }
  return Array.from(found.values()).flatMap((offences) => offences.violations());
}

/**
 * One `invalid-data` error that tells all `violations` of the table from `source`: in a line if there is one, else in a list.
 *
 * @param note what there is to know besides.
 * @param remedy what a user can do, in the same line if there is one violation.
 */
export function violationError(
  source: string,
  violations: readonly Violation[],
  note = '',
  remedy = '',
): ChurnError {
  const told = violations.map(({ column, message }) => `column ${quoted(column)}: ${message}`);
  const report =
    told.length === 1
      ? [`${source}, ${told[0]}${remedy && `; ${remedy}`}`]
      : [[`${source}: ${told.length} problems`, ...told].join('\n  - '), ...(remedy ? [remedy] : [])];
  return new ChurnError('invalid-data', [...report, ...(note ? [note] : [])].join('\n'));
}
