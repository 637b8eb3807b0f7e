import type { Constraints } from './constraints.js';
import type { Decided, Decision } from './decision.js';
import type { Plausibility } from './plausibility.js';
import type { CodedRow, RowCoding } from './row-coding.js';
import type { RowSpace } from './row-space.js';

/** What counterfactuals are searched with. */
export interface Search {
  readonly space: RowSpace;
  /** Of the training rows and the origins. */
  readonly coding: RowCoding;
  readonly decision: Decision;
  readonly mayBecome: Constraints;
  readonly plausibility: Plausibility;
  /** What the model decides on each training row of `plausibility`. */
  readonly trainingCodes: Int32Array;
}

/** A row that is to be decided otherwise. */
export interface Origin {
  readonly row: CodedRow;
  /** What is decided on it. */
  readonly code: number;
}

/** What a row could become. */
export interface Candidate {
  readonly origin: Origin;
  readonly row: CodedRow;
}

/** A candidate, to be tried with another value in one column. */
export interface Trial {
  readonly of: Candidate;
  readonly column: number;
  readonly value: number;
}

export function decide({ coding, decision }: Search, candidates: readonly Candidate[]): Decided {
  return decision.decide(coding.tableOf(candidates.length, (i, j) => candidates[i].row[j]));
}

export function decideTrials({ coding, decision }: Search, trials: readonly Trial[]): Decided {
  return decision.decide(
    coding.tableOf(trials.length, (i, j) => {
      const { of, column, value } = trials[i];
      return j === column ? value : of.row[j];
    }),
  );
}

/** What a candidate becomes by a trial. */
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

/** What a candidate costs: its distance from the origin, in which each changed column counts by 1 more. */
export function costOf({ space }: Search, candidate: Candidate): number {
  return space.distance(candidate.origin.row, candidate.row) + changedColumns(candidate).length;
}
