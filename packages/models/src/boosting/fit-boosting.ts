import { ChurnError, type Table } from '@churn/core';
import { boost } from './boost.js';
import type { Boosted, BoostRows } from './boosting-run.js';
import type { FullSettings } from './boosting-settings.js';
import { type Strata, validationSets } from './early-stopping.js';

/** The number of rounds if it is to be found but no row can be held out. */
const BLIND_ROUNDS = 50;

/** Fits settings that differ only in the number of rounds. @param strata held out in equal shares. */
export function fitBoosting(rows: BoostRows, strata: Strata, group: readonly FullSettings[]): Boosted[] {
  const [settings] = group;
  const validation = settings.earlyStopping ? validationSets(strata, rows.weights, settings) : [];
  const isBlind = settings.earlyStopping && validation.length === 0;
  const all = isBlind
    ? group.map((each) => ({ ...each, nEstimators: Math.min(each.nEstimators, BLIND_ROUNDS) }))
    : group;
  return boost(rows, all, validation);
}

/** @returns the error that training cannot continue from a model. */
export function notGoneOnFrom(expected: string, received: string): ChurnError {
  return new ChurnError('invalid-parameter', `from: expected a model ${expected}, got ${received}`);
}

/**
 * The model to continue from.
 * @throws `invalid-parameter` if it knows other columns, or statistics of categories, which its own rows must not see.
 */
export function goneOnFrom<B extends Boosted>(
  { boosted, features }: { readonly boosted: B; readonly features: readonly string[] },
  x: Table,
): B {
  if (boosted.statistics) {
    throw notGoneOnFrom(
      'whose trees see columns as they are (categories: "sets")',
      'one of statistics of categories',
    );
  }
  if (features.length !== x.names.length || !features.every((name) => x.names.includes(name))) {
    throw notGoneOnFrom(`of the columns ${x.names.join(', ')}`, `one of ${features.join(', ')}`);
  }
  return boosted;
}
