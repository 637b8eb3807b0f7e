import { expm1, log1p } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { mapNumbersBothWays, type NumberMap } from './numeric-columns.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to transform; default all numeric columns. */
  columns: columnNames(),
};

/**
 * Replaces each number `x` by `log(1 + x)`, which compresses the long tail of target values and counts and keeps 0 at 0.
 *
 * It learns nothing but the column names. Missing values stay missing.
 *
 * ```ts
 * new Log1pTransformer({ columns: ['Total_Trans_Amt'] });
 * ```
 */
export class Log1pTransformer extends transformer({
  type: 'Log1pTransformer',
  parameters,
  learn(x, { columns = x.namesOf('numeric') }) {
    const state = { columns };
    transformation(state).transform(x);
    return state;
  },
  restore: (state) => ({ columns: state.names('columns') }),
  apply: transformation,
  describe: ({ columns }) => `columns ${nameList(columns)}`,
}) {}

/** A fitted `Log1pTransformer`: the columns that it transforms. */
export type FittedLog1pTransformer = FittedBy<typeof Log1pTransformer>;

/** The transformed columns. */
export type Log1pTransformerState = FittedLog1pTransformer['state'];

const LOGARITHM: NumberMap = {
  one: log1p,
  refusal: (value) =>
    value <= -1 ? `expected a number above -1, got ${value}, as log(1 + x) requires` : undefined,
};

function transformation({ columns }: { readonly columns: readonly string[] }) {
  return mapNumbersBothWays(
    Object.fromEntries(columns.map((name) => [name, name])),
    () => LOGARITHM,
    () => ({ one: expm1 }),
  );
}
