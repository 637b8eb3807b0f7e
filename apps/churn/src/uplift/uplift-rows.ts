import { Labels, type Table } from '@churn/core';
import type { ExperimentRows } from '../training/dataset.js';

/** Rows of an experiment as models of uplift learn from them. */
export interface UpliftRows {
  /** The columns to train on, without that of the treatment. */
  readonly x: Table;
  /** 1 for rows that are not what a model of churn looks for, so that uplift above 0 is what a treatment is for. */
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

/** Rows by arm and class, as classes: what folds and resamples keep the shares of. */
export function armStrata({ stayed, isTreated }: Pick<UpliftRows, 'stayed' | 'isTreated'>): Labels {
  return Labels.from(
    Array.from(isTreated, (arm, row) => 2 * arm + stayed[row]),
    [0, 1, 2, 3],
  );
}
