import { ChurnError, type Target } from '@churn/core';
import { quoted, type Records } from '@churn/io';
import type { DataConfig } from '../config/config.js';

/** The target of the rows that have one. */
export interface ReadTarget<T extends Target> {
  readonly y: T;
  /** The rows that have one, in their order; all others were left out. */
  readonly rows: Int32Array;
  /** What a user is to know of it. */
  readonly warnings: readonly string[];
}

type TargetConfig = Pick<DataConfig, 'target' | 'unlabelled'>;

/**
 * The rows that have a target, in their order.
 * @throws `invalid-target` if a row has none, unless such rows are to be left out.
 */
export function rowsWithTarget(
  isPresent: readonly boolean[],
  { target, unlabelled }: TargetConfig,
  records: Records,
): Int32Array {
  const rows = Int32Array.from(isPresent.keys()).filter((row) => isPresent[row]);
  const without = isPresent.length - rows.length;
  if (without === 0 || unlabelled === 'drop') return rows;
  const others = without === 1 ? '' : `, nor has it in ${without - 1} more ${without === 2 ? 'row' : 'rows'}`;
  throw new ChurnError(
    'invalid-target',
    `${records.source}, line ${firstWithout(isPresent, records)}: the target "${target}" has no value${others}; ` +
      'training rows need one; set data.unlabelled: drop to drop those without',
  );
}

/** What a user is told of rows that were left out, if there are some. */
export function leftOutNote(
  isPresent: readonly boolean[],
  { target }: TargetConfig,
  records: Records,
): string[] {
  const without = isPresent.filter((each) => !each).length;
  if (without === 0) return [];
  const left =
    without === 1 ? '1 row has no value, and is left out' : `${without} rows have no value, and are left out`;
  return [`${quoted(target)}: ${left}, the first in line ${firstWithout(isPresent, records)}`];
}

function firstWithout(isPresent: readonly boolean[], { lines }: Records): number {
  return lines[isPresent.indexOf(false)];
}
