import { fillEither } from './fill-missing.js';
import { type Fill, isFill } from './fills.js';
import { groupModes, groupStatistics } from './group-statistics.js';
import { type ImputerState, imputer } from './imputer.js';
import { observedValues } from './numeric-columns.js';
import { mode, modeLevel } from './statistics/mode.js';
import type { FittedBy } from './transformer.js';

/**
 * Fills missing values with the most frequent value at `fit`, over all rows or over those of the same group; the smallest in case of a
 * tie, with levels compared by code unit, as pandas' `mode()[0]` does.
 *
 * It fills all category columns by default, and numeric columns if they are named. A column without any value at `fit` has no mode and is
 * unchanged.
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

/** The mode of each column, a level or a number; `null` if it had no value. */
export type ModeImputerState = ImputerState<'modes', Fill>;
