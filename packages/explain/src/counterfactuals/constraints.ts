import { requireParameter } from '@churn/core';
import type { RowSpace } from './row-space.js';

/** The direction in which a column may change. */
export type Direction = 'up' | 'down';

export interface ConstraintOptions {
  readonly fixed: readonly string[];
  readonly monotone: Readonly<Record<string, Direction>>;
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
}

/** Whether a column may change from one value to another. Missing values stay missing, and known values stay known. */
export type Constraints = (column: number, from: number, to: number) => boolean;

/** @throws `invalid-parameter` for a column that is not one of the model, or not numeric if it must be. */
export function constraintsOf(space: RowSpace, { fixed, monotone, ranges }: ConstraintOptions): Constraints {
  const indexOf = (option: string, name: string): number => {
    const column = space.names.indexOf(name);
    requireParameter(column >= 0, option, `columns of the model: ${space.names.join(', ')}`, name);
    return column;
  };
  const indexOfNumeric = (option: string, name: string): number => {
    const column = indexOf(option, name);
    requireParameter(!space.isCategory[column], option, 'numeric columns', name);
    return column;
  };
  const isFixed = new Set(fixed.map((name) => indexOf('fixed', name)));
  const signs = new Map(
    Object.entries(monotone).map(([name, direction]) => [
      indexOfNumeric('monotone', name),
      direction === 'up' ? 1 : -1,
    ]),
  );
  const rangeOf = new Map(
    Object.entries(ranges).map(([name, range]) => [indexOfNumeric('ranges', name), range]),
  );
  return (column, from, to) => {
    if (isFixed.has(column) || Number.isNaN(from) || Number.isNaN(to) || from === to) return false;
    if ((signs.get(column) ?? 0) * (to - from) < 0) return false;
    const range = rangeOf.get(column);
    return range === undefined || (to >= range[0] && to <= range[1]);
  };
}
