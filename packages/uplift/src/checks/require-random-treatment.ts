import { ChurnError, type OptionsOf, readOptions, type Table } from '@churn/core';
import { imbalanceParameters, imbalances } from './imbalances.js';
import { balanceParameters, type TreatmentBalance, treatmentBalance } from './treatment-balance.js';

const parameters = { ...balanceParameters, ...imbalanceParameters };

export type RequireRandomTreatmentOptions = OptionsOf<typeof parameters>;

/**
 * Rejects rows whose treatment was not randomised well enough to attribute the difference between the arms to it, according to `imbalances`. If
 * the columns that determined the treatment are known, use a `DRLearner` with a classifier of the propensity instead.
 *
 * @returns the balance of the arms.
 * @throws `invalid-data` with a description of the imbalance; and as `treatmentBalance`.
 */
export function requireRandomTreatment(x: Table, options: RequireRandomTreatmentOptions): TreatmentBalance {
  const { maxDifference, maxAuc, alpha, ...others } = readOptions(parameters, options);
  const balance = treatmentBalance(x, others);
  const found = imbalances(balance, { maxDifference, maxAuc, alpha });
  if (found.length === 0) return balance;
  throw new ChurnError(
    'invalid-data',
    `column "${others.treatment}": expected a randomised treatment, but ${found.join('; and ')}. The difference in outcomes is therefore not due to the treatment alone`,
  );
}
