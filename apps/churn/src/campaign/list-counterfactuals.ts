import { setImmediate } from 'node:timers/promises';
import type { TableSchema } from '@churn/core';
import {
  type CounterfactualSettings,
  createCounterfactualFinder,
  seenRows,
} from '../explanation/counterfactual-finder.js';
import type { ScoringModel } from '../scoring/scoring-model.js';
import { listedParts } from './listed-parts.js';
import type { Customers } from './read-customers.js';

/** The default number of counterfactuals per customer. */
const COUNT = 3;

/** The number of customers processed at a time; signals are handled in between. */
const PART = 256;

export interface ListCounterfactuals extends CounterfactualSettings {
  /** A file of rows like the training rows. */
  readonly data: string;
}

/** The names of the columns with counterfactuals. */
export function counterfactualColumns(predicts: string, { count = COUNT }: ListCounterfactuals): TableSchema {
  return Array.from({ length: count }, (_, i) => ({
    name: `${predicts}_counterfactual_${i + 1}`,
    kind: 'category',
  }));
}

/**
 * The counterfactuals for each customer on a list, closest first, one array per rank: plausible changes for which the model would predict
 * that the customer stays. A customer who is already predicted to stay, or for whom no such change is found, has none.
 *
 * @throws as `seenRows` and `createCounterfactualFinder` do.
 */
export async function listCounterfactuals(
  scoring: ScoringModel,
  { data, count = COUNT, ...settings }: ListCounterfactuals,
  customers: Customers,
  listed: Int32Array,
): Promise<string[][]> {
  const seen = await seenRows(data, scoring);
  const [staying] = scoring.classes;
  const find = createCounterfactualFinder(scoring, seen, { ...settings, count, label: staying });
  const found = Array.from({ length: count }, () => new Array<string>(listed.length).fill(''));
  for (const { places, table } of listedParts(customers, listed, () => PART)) {
    await setImmediate();
    find(table).forEach((ofCustomer, i) => {
      ofCustomer.forEach(({ text }, k) => {
        found[k][places[i]] = text;
      });
    });
  }
  return found;
}
