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

/** How many a customer gets if that is not told. */
const COUNT = 3;

/** How many customers are searched at a time; between parts a signal is heard. */
const PART = 256;

export interface ListCounterfactuals extends CounterfactualSettings {
  /** A file of rows like those of training. */
  readonly data: string;
}

/** The columns with what would have to be otherwise about a customer. */
export function counterfactualColumns(predicts: string, { count = COUNT }: ListCounterfactuals): TableSchema {
  return Array.from({ length: count }, (_, i) => ({
    name: `${predicts}_counterfactual_${i + 1}`,
    kind: 'category',
  }));
}

/**
 * What would have to be otherwise about each customer on a list for the model to call them staying, the closest first, of each place an
 * array. Whom it calls staying as they are has none, and neither has a customer whom no plausible change would turn.
 *
 * @throws what `seenRows` and `createCounterfactualFinder` throw.
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
