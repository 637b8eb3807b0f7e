import { ChurnError, type FitOptions, requireTable, sampleWeights, type Table } from '@churn/core';
import { type OutcomeLike, outcomeNumbers } from './outcomes.js';
import { type TreatmentOptions, treatedRows } from './treatment.js';

/** An experiment: treated and control rows with their outcomes. */
export interface Experiment {
  /** The columns without the treatment. */
  readonly x: Table;
  readonly outcomes: Float64Array;
  /** Whether each row was treated, 1 or 0. */
  readonly treated: Uint8Array;
  readonly weights: Float64Array | undefined;
}

/** @throws as `UpliftModel.fit`. */
export function experimentOf(
  x: Table,
  y: OutcomeLike,
  options: FitOptions,
  treatment: TreatmentOptions,
): Experiment {
  requireTable(x);
  const outcomes = outcomeNumbers(y);
  if (outcomes.length !== x.nRows) {
    throw new ChurnError('invalid-data', `expected ${x.nRows} outcomes, one per row, got ${outcomes.length}`);
  }
  const treated = treatedRows(x, treatment);
  const weights = sampleWeights(options, x.nRows);
  return { x: x.drop([treatment.treatment]), outcomes, treated, weights };
}

/** The indices of the treated rows (arm 1) or the control rows (arm 0). */
export function armRows(treated: Uint8Array, arm: number): Int32Array {
  return Int32Array.from(treated, (_, row) => row).filter((row) => treated[row] === arm);
}
