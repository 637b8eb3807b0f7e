import { ChurnError } from '@churn/core';
import { quoted } from '../text/quoted.js';
import type { InvalidCell } from './invalid-value.js';

/** A rule that a column violates. */
export interface Violation {
  readonly column: string;
  /** What was expected and received, with the first few positions. */
  readonly message: string;
  /** The number of cells that violate the rule; 1 if the column as a whole does. */
  readonly count: number;
  /** The index of the first row that violates the rule; absent if the column as a whole does. */
  readonly row?: number;
  /** The line of that row in its file, counted from 1, if lines are known. */
  readonly line?: number;
}

/** Collects the cells of a column that violate a rule: all are counted, the first few are shown. */
export class RuleViolations {
  readonly #column: string;
  readonly #expected: string;
  readonly #lines: ArrayLike<number> | undefined;
  readonly #shown: string[] = [];
  #count = 0;
  #row = 0;

  /** @param expected what is expected of each cell, for the message. */
  constructor(column: string, expected: string, lines?: ArrayLike<number>) {
    this.#column = column;
    this.#expected = expected;
    this.#lines = lines;
  }

  /** @param received the value of that row, for the message. */
  add(row: number, received: string): void {
    if (this.#count === 0) this.#row = row;
    this.#count++;
    if (this.#count > 3) return;
    this.#shown.push(`${received} in ${this.#lines ? `line ${this.#lines[row]}` : `row ${row}`}`);
  }

  /** The violation, if any cell was added. */
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

/** Invalid values as violations, one per column and expectation. */
export function invalidValueViolations(
  invalidValues: readonly InvalidCell[],
  lines?: ArrayLike<number>,
): Violation[] {
  const found = new Map<string, RuleViolations>();
  for (const { column, expected, row, received } of invalidValues) {
    const key = JSON.stringify([column, expected]);
    const ofColumn = found.get(key) ?? new RuleViolations(column, expected, lines);
    found.set(key, ofColumn);
    ofColumn.add(row, received);
  }
  return Array.from(found.values()).flatMap((each) => each.violations());
}

/**
 * An `invalid-data` error that lists all violations: on one line if there is only one.
 *
 * @param note additional information.
 * @param remedy what a user can do, on the same line if there is only one violation.
 */
export function violationError(
  source: string,
  violations: readonly Violation[],
  note = '',
  remedy = '',
): ChurnError {
  const lines = violations.map(({ column, message }) => `column ${quoted(column)}: ${message}`);
  const report =
    lines.length === 1
      ? [`${source}, ${lines[0]}${remedy && `; ${remedy}`}`]
      : [[`${source}: ${lines.length} problems`, ...lines].join('\n  - '), ...(remedy ? [remedy] : [])];
  return new ChurnError('invalid-data', [...report, ...(note ? [note] : [])].join('\n'));
}
