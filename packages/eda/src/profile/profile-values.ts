import {
  ChurnError,
  requireTargetPerRow,
  type Table,
  TargetValues,
  type TargetValuesLike,
} from '@churn/core';
import { type ColumnGroups, rangeGroups } from './column-groups.js';
import { type DistinctValues, distinctValues, finiteCounts } from './distinct-values.js';
import { standardScores } from './standard-scores.js';

/** A numeric target with its name. */
export interface NamedTargetValues {
  readonly name: string;
  /** One number per row. */
  readonly values: TargetValuesLike;
}

/** A numeric target, prepared for the figures. */
export interface ProfiledValues {
  readonly values: Float64Array;
  readonly distinct: DistinctValues;
  /** The standard score of each distinct value; none if there is one alone. */
  readonly scores: Float64Array | undefined;
  /** The rows in ascending order of their target values. */
  readonly order: Uint32Array;
  /** The ranges between the deciles. */
  readonly strata: ColumnGroups;
}

/**
 * Reads the target of `x`.
 *
 * @throws `invalid-target` if an amount is missing or infinite, and if all are the same; `invalid-data` if there is not one per row.
 */
export function readTargetValues(x: Table, target: TargetValuesLike): Float64Array {
  const amounts = TargetValues.from(target);
  requireTargetPerRow(x, amounts);
  const { values } = amounts;
  if (values.some((value) => value !== values[0])) return values;
  const received = values.length === 0 ? 'none' : `${values[0]} in all rows`;
  throw new ChurnError('invalid-target', `expected values that differ, got ${received}`);
}

/** Prepares a numeric target before any column is read. */
export function profiledValues(values: Float64Array): ProfiledValues {
  const distinct = distinctValues(values);
  return {
    values,
    distinct,
    scores: standardScores(distinct.values, finiteCounts(distinct)),
    order: rowsInOrder(distinct),
    strata: rangeGroups(distinct),
  };
}

/** The rows by the places of their values: counted out, not compared. */
function rowsInOrder({ codes, counts }: DistinctValues): Uint32Array {
  const next = new Uint32Array(counts.length);
  for (let code = 1; code < counts.length; code++) next[code] = next[code - 1] + counts[code - 1];
  const order = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) order[next[codes[row]]++] = row;
  return order;
}
