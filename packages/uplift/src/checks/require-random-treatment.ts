import { ChurnError, type OptionsOf, readOptions, type Table } from '@churn/core';
import { imbalanceParameters, imbalances } from './imbalances.js';
import { balanceParameters, type TreatmentBalance, treatmentBalance } from './treatment-balance.js';

const parameters = { ...balanceParameters, ...imbalanceParameters };

export type RequireRandomTreatmentOptions = OptionsOf<typeof parameters>;

/**
 * Refuses rows whose treatment was not random enough for the difference of the arms to be taken for its effect, as `imbalances` finds it. Where it is known
 * what the treatment was given by, a `DRLearner` with a classifier of the propensity is then the model to take.
 *
 * @returns how alike the arms are.
 * @throws `invalid-data`, saying in words what differs; and as `treatmentBalance`.
 */
export function requireRandomTreatment(x: Table, options: RequireRandomTreatmentOptions): TreatmentBalance {
  const { maxDifference, maxAuc, alpha, ...others } = readOptions(parameters, options);
  const balance = treatmentBalance(x, others);
  const faults = imbalances(balance, { maxDifference, maxAuc, alpha });
  if (faults.length === 0) return balance;
  throw new ChurnError(
    'invalid-data',
    `column "${others.treatment}": expected a randomised treatment, but ${faults.join('; and ')}. The outcomes of the arms differ because of that, too, not only because of the treatment`,
  );
}
