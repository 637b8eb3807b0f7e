import { expm1, log1p } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { mapNumbersBothWays, type NumberMap } from './numeric-columns.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to transform; without it all numeric ones. */
  columns: columnNames(),
};

/**
 * Replaces each number `x` by `log(1 + x)`, which draws in the long tail of amounts and counts and
 * keeps 0 at 0.
 *
 * It learns nothing but which columns there are. Missing values stay missing.
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

/** The columns that a `Log1pTransformer` transforms. */
export type FittedLog1pTransformer = FittedBy<typeof Log1pTransformer>;

/** The columns that are transformed. */
export type Log1pTransformerState = FittedLog1pTransformer['state'];

const LOGARITHM: NumberMap = {
  one: log1p,
  refusal: (value) =>
    value <= -1 ? `expected a number above -1, got ${value}; log(1 + x) needs one` : undefined,
};

function transformation({ columns }: { readonly columns: readonly string[] }) {
  return mapNumbersBothWays(
    Object.fromEntries(columns.map((name) => [name, name])),
    () => LOGARITHM,
    () => ({ one: expm1 }),
  );
}
