import { fillEither } from './fill-missing.js';
import { type Fill, isFill } from './fills.js';
import { groupModes, groupStatistics } from './group-statistics.js';
import { type ImputerState, imputer } from './imputer.js';
import { observedValues } from './numeric-columns.js';
import { mode, modeLevel } from './statistics/mode.js';
import type { FittedBy } from './transformer.js';

/**
 * Fills missing values with the most frequent value at `fit`, of all rows or of those of the same group: of equally
 * frequent ones the smallest, levels compared by code unit, as pandas' `mode()[0]` does.
 *
 * It works on category columns, and on those of numbers that are named. A column without a value at `fit` has no mode: it stays as it is.
 *
 * ```ts
 * new ModeImputer().fit(train).state; // { modes: { Gender: 'F', Marital_Status: 'Married' } }
 * ```
 */
export class ModeImputer extends imputer<'modes', Fill>({
  type: 'ModeImputer',
  field: 'modes',
  kind: 'category',
  learn(x, name) {
    const column = x.column(name);
    return column.kind === 'category' ? modeLevel(column) : mode(observedValues(x, name));
  },
  learnOfGroups(x, name, group) {
    const column = x.column(name);
    return column.kind === 'category'
      ? groupModes(column, group)
      : groupStatistics(column.values, group, mode);
  },
  isFill,
  fillColumn: fillEither,
}) {}

/** The modes that a `ModeImputer` has learned. */
export type FittedModeImputer = FittedBy<typeof ModeImputer>;

/** The mode of each column, a level or a number; `null` where it had no value. */
export type ModeImputerState = ImputerState<'modes', Fill>;
