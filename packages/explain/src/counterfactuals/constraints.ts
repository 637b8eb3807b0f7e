import { requireParameter } from '@churn/core';
import type { RowSpace } from './row-space.js';

/** Which way a column may change. */
export type Direction = 'up' | 'down';

export interface ConstraintOptions {
  readonly fixed: readonly string[];
  readonly monotone: Readonly<Record<string, Direction>>;
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
}

/** What a column may change into. Whatever is missing stays so, and whatever is known stays known. */
export type Constraints = (column: number, from: number, to: number) => boolean;

/** @throws `invalid-parameter` for a column that the model does not take, or one without numbers if they are needed. */
export function constraintsOf(space: RowSpace, { fixed, monotone, ranges }: ConstraintOptions): Constraints {
  const placeOf = (option: string, name: string): number => {
    const place = space.names.indexOf(name);
    requireParameter(place >= 0, option, `columns of the model: ${space.names.join(', ')}`, name);
    return place;
  };
  const placeOfNumbers = (option: string, name: string): number => {
    const place = placeOf(option, name);
    requireParameter(!space.isCategory[place], option, 'columns of numbers', name);
    return place;
  };
  const isFixed = new Set(fixed.map((name) => placeOf('fixed', name)));
  const signs = new Map(
    Object.entries(monotone).map(([name, way]) => [placeOfNumbers('monotone', name), way === 'up' ? 1 : -1]),
  );
  const rangeOf = new Map(
    Object.entries(ranges).map(([name, range]) => [placeOfNumbers('ranges', name), range]),
  );
  return (column, from, to) => {
    if (isFixed.has(column) || Number.isNaN(from) || Number.isNaN(to) || from === to) return false;
    if ((signs.get(column) ?? 0) * (to - from) < 0) return false;
    const range = rangeOf.get(column);
    return range === undefined || (to >= range[0] && to <= range[1]);
  };
}
