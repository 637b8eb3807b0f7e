import { ChurnError, requireParameter } from '@churn/core';
import { type OutcomeLike, outcomeNumbers } from '../outcomes.js';

/** Whether each row was treated: 1 or `true`, or 0 or `false`, as returned by `treatedRows`. */
export type TreatedLike = ArrayLike<number | boolean>;

/** Rows in the order of their predicted uplift, the largest first; rows of equal uplift in their original order. */
export interface RankedOutcomes {
  readonly outcomes: Float64Array;
  readonly uplift: Float64Array;
  readonly treated: Uint8Array;
}

/** @throws as `checkedOutcomes`, and `invalid-data` if an uplift is `NaN`, naming the row. */
export function rankedOutcomes(
  y: OutcomeLike,
  uplift: ArrayLike<number>,
  treated: TreatedLike,
): RankedOutcomes {
  const given = checkedOutcomes(y, treated);
  const scores = Float64Array.from(uplift);
  requireLength('uplift', scores.length, given.outcomes.length);
  const unknown = scores.findIndex(Number.isNaN);
  if (unknown >= 0)
    throw new ChurnError('invalid-data', `uplift, row ${unknown}: expected a number, got NaN`);
  const order = Int32Array.from(scores, (_, row) => row).sort((a, b) => scores[b] - scores[a] || a - b);
  return {
    outcomes: Float64Array.from(order, (row) => given.outcomes[row]),
    uplift: Float64Array.from(order, (row) => scores[row]),
    treated: Uint8Array.from(order, (row) => given.treated[row]),
  };
}

/**
 * @throws `invalid-target` for invalid outcomes; `invalid-data` if lengths differ, or an arm has no rows; `invalid-parameter` if a treatment is other than 0 or 1.
 */
export function checkedOutcomes(y: OutcomeLike, treated: TreatedLike): Omit<RankedOutcomes, 'uplift'> {
  const outcomes = outcomeNumbers(y);
  requireLength('treated', treated.length, outcomes.length);
  const wrong = Array.from(treated).findIndex((each) => Number(each) !== 0 && Number(each) !== 1);
  requireParameter(wrong < 0, `treated, row ${wrong}`, '0 or 1', treated[wrong]);
  const arms = Uint8Array.from(treated, Number);
  const nTreated = arms.reduce((sum, each) => sum + each, 0);
  if (nTreated === 0 || nTreated === arms.length) {
    throw new ChurnError(
      'invalid-data',
      `expected treated rows and control rows, got ${nTreated} and ${arms.length - nTreated}`,
    );
  }
  return { outcomes, treated: arms };
}

function requireLength(name: string, length: number, nRows: number): void {
  if (length === nRows) return;
  throw new ChurnError('invalid-data', `${name}: expected a number for each of ${nRows} rows, got ${length}`);
}
