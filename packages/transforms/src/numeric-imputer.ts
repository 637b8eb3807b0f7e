import type { Table } from '@churn/core';
import { type Fills, learnFills } from './fills.js';
import { groupStatistics } from './group-statistics.js';
import type { CheckedImputerOptions } from './imputer-options.js';
import { learnNumeric } from './numeric-columns.js';

/**
 * What an imputer of numbers learns: `statistic` of each column, and of each group of rows where that is asked for.
 *
 * @throws `column-name` or `column-kind` for a column that cannot be filled or grouped by; `column-name` where a column has
 *   the name of an indicator; `invalid-data` for an infinite value.
 */
export function learnNumericFills(
  x: Table,
  options: CheckedImputerOptions,
  statistic: (values: Float64Array) => number | null,
): Fills<number> {
  const names = options.columns ?? x.namesOf('numeric').filter((name) => name !== options.groupBy);
  const overall = learnNumeric(x, names, statistic);
  return learnFills(
    x,
    names,
    options,
    (name) => overall[name],
    (name, group) => groupStatistics(x.numeric(name), group, statistic),
  );
}
