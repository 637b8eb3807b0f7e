import { ChurnError, Random, type Table } from '@churn/core';
import {
  type CounterfactualFinder,
  type CounterfactualSettings,
  createCounterfactualFinder,
  seenRows,
} from '../explanation/counterfactual-finder.js';
import type { ServedClassModel, ServedModel, ServedValueModel } from './served-model.js';

/** The maximum number of reference rows; with more, each answer would delay others. */
const MAX_SEEN = 1000;

/** A classifier or regression model; survival models have no counterfactuals. */
export type DecidingModel = ServedClassModel | ServedValueModel;

/** Returns a finder of counterfactuals; for regression, of those that reach `target`. */
export type ServedCounterfactuals = (served: DecidingModel, target?: number) => Promise<CounterfactualFinder>;

export interface ServedCounterfactualSettings extends CounterfactualSettings {
  /** A file of rows like the training rows. */
  readonly data: string;
}

/**
 * Finds counterfactuals for a service. Rows like the training rows are read once per served model.
 * @param first the first served model, prepared at once.
 * @throws `unsupported` if it is a survival model; also as `seenRows` and `createCounterfactualFinder` do.
 */
export async function servedCounterfactuals(
  { data, ...settings }: ServedCounterfactualSettings,
  first: ServedModel,
): Promise<ServedCounterfactuals> {
  if (first.task === 'survival') {
    throw new ChurnError(
      'unsupported',
      '--counterfactuals supports classification and regression models, got a survival model',
    );
  }
  const seenBy = new WeakMap<DecidingModel, Promise<Table>>();
  let last: { served: DecidingModel; target?: number; finder: CounterfactualFinder } | undefined;
  const find: ServedCounterfactuals = async (served, target) => {
    if (last?.served === served && last.target === target) return last.finder;
    const rows = seenBy.get(served) ?? sampledRows(data, served);
    seenBy.set(served, rows);
    const finder = createCounterfactualFinder(served, await rows, { ...settings, target });
    last = { served, target, finder };
    return finder;
  };
  await find(first, first.task === 'value' ? 0 : undefined);
  return find;
}

async function sampledRows(file: string, served: DecidingModel): Promise<Table> {
  const rows = await seenRows(file, served);
  const order = new Random(0).stream('seen').permutation(rows.nRows);
  return rows.take(order.subarray(0, MAX_SEEN));
}
