import {
  eitherOf,
  isNumberOrNull,
  isPlainObject,
  numberParameter,
  type OptionsOf,
  recordOf,
  requireParameter,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { numericTransformer } from './numeric-transformer.js';
import type { FittedBy } from './transformer.js';

const parameters = {
  /** The columns to clip; default all numeric columns. */
  columns: columnNames(),
  /** The minimum value: of all columns, or by column; a column without one is not bounded below. */
  min: eitherOf(numberParameter(), recordOf(numberParameter())),
  /** The maximum value: of all columns, or by column; a column without one is not bounded above. */
  max: eitherOf(numberParameter(), recordOf(numberParameter())),
};

export type ClipOptions = OptionsOf<typeof parameters>;

/** The limits of a column's values; `null` on an open side. */
export type ClipLimits = { readonly min: number | null; readonly max: number | null };

/**
 * Clips numeric columns to given limits: values below `min` become `min`, and values above `max` become `max`. For learned limits, see
 * `Winsorizer`.
 *
 * Missing values stay missing.
 *
 * ```ts
 * new Clip({ min: 0, max: { age: 100 } }).fit(train).state; // { limits: { age: { min: 0, max: 100 }, … } }
 * ```
 */
export class Clip extends numericTransformer({
  type: 'Clip',
  parameters,
  example: { min: { a: 0 }, max: 2 },
  check({ columns, min, max }) {
    requireParameter(min !== undefined || max !== undefined, 'min', 'a limit as min, max or both', min);
    if (typeof min === 'number' && typeof max === 'number') {
      requireParameter(min <= max, 'max', 'not less than min', max);
    }
    for (const name of [...namesIn(min), ...namesIn(max)]) {
      const limits = { min: limitOf(min, name), max: limitOf(max, name) };
      requireParameter(areLimits(limits), 'max', `not less than min for "${name}"`, limits.max);
      const isChosen = columns === undefined || columns.includes(name);
      requireParameter(isChosen, 'columns', 'the columns that min and max name among them', name);
    }
  },
  requires(x, _, { min, max }) {
    for (const name of [...namesIn(min), ...namesIn(max)]) x.numeric(name);
  },
  learned: { limits: areLimits },
  learnsFromNone: true,
  learn: (_, { min, max }, { name }) => ({ limits: { min: limitOf(min, name), max: limitOf(max, name) } }),
  apply({ limits }) {
    const [min, max] = [limits.min ?? -Infinity, limits.max ?? Infinity];
    return { one: (value) => Math.min(Math.max(value, min), max) };
  },
}) {}

/** The limits that a `Clip` keeps. */
export type FittedClip = FittedBy<typeof Clip>;

/** The limits of each column. */
export type ClipState = FittedClip['state'];

type Limit = number | Readonly<Record<string, number>> | undefined;

function limitOf(limit: Limit, name: string): number | null {
  if (typeof limit === 'number') return limit;
  return limit !== undefined && Object.hasOwn(limit, name) ? limit[name] : null;
}

function namesIn(limit: Limit): string[] {
  return typeof limit === 'object' ? Object.keys(limit) : [];
}

function areLimits(value: unknown): value is ClipLimits {
  if (!isPlainObject(value) || !isNumberOrNull(value.min) || !isNumberOrNull(value.max)) return false;
  return (value.min ?? -Infinity) <= (value.max ?? Infinity);
}
