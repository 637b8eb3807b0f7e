import type { Constraints } from './constraints.js';
import { type Decided, type Decision, joinDecided } from './decision.js';
import type { Plausibility } from './plausibility.js';
import type { CodedRow, RowCoding } from './row-coding.js';
import type { RowSpace } from './row-space.js';

/** Everything that a search for counterfactuals uses. */
export interface Search {
  readonly space: RowSpace;
  /** The coding of the training rows and the origins. */
  readonly coding: RowCoding;
  readonly decision: Decision;
  readonly isAllowed: Constraints;
  readonly plausibility: Plausibility;
  /** The model's decision on each training row of `plausibility`. */
  readonly trainingCodes: Int32Array;
}

/** A row for which another decision is sought. */
export interface Origin {
  readonly row: CodedRow;
  /** The model's decision on it. */
  readonly code: number;
}

/** A changed version of an origin. */
export interface Candidate {
  readonly origin: Origin;
  readonly row: CodedRow;
}

/** A candidate with another value in one column, to be evaluated. */
export interface Trial {
  readonly of: Candidate;
  readonly column: number;
  readonly value: number;
}

/** The maximum number of cells of a table that is decided at once. */
const MAX_CELLS = 2 ** 21;

export function decide(search: Search, candidates: readonly Candidate[]): Decided {
  return decideRows(search, candidates.length, (i, j) => candidates[i].row[j]);
}

export function decideTrials(search: Search, trials: readonly Trial[]): Decided {
  return decideRows(search, trials.length, (i, j) => {
    const { of, column, value } = trials[i];
    return j === column ? value : of.row[j];
  });
}

/** Decides rows of coded values, in parts: the trials of a wide table are many, and each has all columns. */
function decideRows(
  { coding, decision, space }: Search,
  nRows: number,
  codeOf: (row: number, column: number) => number,
): Decided {
  const size = Math.max(1, Math.floor(MAX_CELLS / space.seen.length));
  const parts: Decided[] = [];
  for (let start = 0; start === 0 || start < nRows; start += size) {
    const count = Math.min(size, nRows - start);
    parts.push(decision.decide(coding.tableOf(count, (i, j) => codeOf(start + i, j))));
  }
  return joinDecided(parts);
}

/** The candidate that a trial makes. */
export function changed({ of: { origin, row }, column, value }: Trial): Candidate {
  const copy = row.slice();
  copy[column] = value;
  return { origin, row: copy };
}

/** The columns in which a candidate differs from its origin. */
export function changedColumns({ origin, row }: Candidate): number[] {
  const columns: number[] = [];
  row.forEach((value, j) => {
    if (!Object.is(value, origin.row[j])) columns.push(j);
  });
  return columns;
}

/** The cost of a candidate: its distance from the origin, plus 1 per changed column. */
export function costOf({ space }: Search, candidate: Candidate): number {
  return space.distance(candidate.origin.row, candidate.row) + changedColumns(candidate).length;
}
