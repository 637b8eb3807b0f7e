import { ChurnError, type Target } from '@churn/core';
import { quoted, type Records } from '@churn/io';
import type { DataConfig } from '../config/config.js';

/** The target of the rows that have one. */
export interface ReadTarget<T extends Target> {
  readonly y: T;
  /** The indices of these rows, in order; all others were dropped. */
  readonly rows: Int32Array;
  /** Warnings for the user. */
  readonly warnings: readonly string[];
}

type TargetConfig = Pick<DataConfig, 'target' | 'unlabelled'>;

/**
 * The indices of rows with a target, in order.
 * @throws `invalid-target` if a row has none, unless such rows are dropped.
 */
export function rowsWithTarget(
  isPresent: readonly boolean[],
  { target, unlabelled }: TargetConfig,
  records: Records,
): Int32Array {
  const rows = Int32Array.from(isPresent.keys()).filter((row) => isPresent[row]);
  const without = isPresent.length - rows.length;
  if (without === 0 || unlabelled === 'drop') return rows;
  const others = without === 1 ? '' : `, as in ${without - 1} more ${without === 2 ? 'row' : 'rows'}`;
  throw new ChurnError(
    'invalid-target',
    `${records.source}, line ${firstWithout(isPresent, records)}: the target "${target}" has no value${others}; ` +
      'training rows need one; set data.unlabelled: drop to drop those without',
  );
}

/** A note about dropped rows, if any. */
export function leftOutNote(
  isPresent: readonly boolean[],
  { target }: TargetConfig,
  records: Records,
): string[] {
  const without = isPresent.filter((each) => !each).length;
  if (without === 0) return [];
  const left =
    without === 1 ? '1 row has no value and is dropped' : `${without} rows have no value and are dropped`;
  return [`${quoted(target)}: ${left}, first in line ${firstWithout(isPresent, records)}`];
}

function firstWithout(isPresent: readonly boolean[], { lines }: Records): number {
  return lines[isPresent.indexOf(false)];
}
