import { Labels, type Table } from '@churn/core';
import type { ExperimentRows } from '../training/dataset.js';

/** Rows of an experiment for uplift models. */
export interface UpliftRows {
  /** The features, without the treatment. */
  readonly x: Table;
  /** 1 for rows of the negative class of the churn model, so that a beneficial treatment has an uplift above 0. */
  readonly stayed: Float64Array;
  /** 1 for treated rows, 0 for the control. */
  readonly isTreated: Uint8Array;
}

export function upliftRows({ features, y, isTreated }: ExperimentRows): UpliftRows {
  return { x: features, stayed: Float64Array.from(y.codes, (code) => 1 - code), isTreated };
}

export function takeUpliftRows({ x, stayed, isTreated }: UpliftRows, rows: Int32Array): UpliftRows {
  return {
    x: x.take(rows),
    stayed: Float64Array.from(rows, (row) => stayed[row]),
    isTreated: Uint8Array.from(rows, (row) => isTreated[row]),
  };
}

/** Strata by arm and class, for folds and resamples. */
export function armStrata({ stayed, isTreated }: Pick<UpliftRows, 'stayed' | 'isTreated'>): Labels {
  return Labels.from(
    Array.from(isTreated, (arm, row) => 2 * arm + stayed[row]),
    [0, 1, 2, 3],
  );
}
