import { normalCdf, numberParameter, type OptionsOf, readOptions, withDefault } from '@churn/core';
import { probabilityParameter } from '../confidence-level.js';
import type { BalanceRow } from './column-balance.js';
import type { TreatmentBalance } from './treatment-balance.js';

export const imbalanceParameters = {
  /** The largest acceptable standardised difference of a column, above 0. Default 0.1. */
  maxDifference: withDefault(numberParameter({ above: 0 }), 0.1),
  /** The largest acceptable ROC AUC of a classifier of the treatment, above 0.5. Default 0.55. */
  maxAuc: withDefault(numberParameter({ above: 0.5, to: 1 }), 0.55),
  /** The significance level. Default 0.001. */
  alpha: withDefault(probabilityParameter(), 0.001),
};

export type ImbalancesOptions = OptionsOf<typeof imbalanceParameters>;

/**
 * Evidence against a randomised treatment, in words; `undefined` if there is none: a column differs by more than `maxDifference`, or a
 * classifier separates treated rows with an AUC above `maxAuc`, significantly. The p-values of several columns are corrected by
 * Bonferroni's method.
 *
 * @param balance as returned by `treatmentBalance`.
 * @throws `invalid-parameter`, naming the parameter.
 */
export function imbalances(
  { rows, test, nTreated, nControl }: TreatmentBalance,
  options?: ImbalancesOptions,
): string[] {
  const { maxDifference, maxAuc, alpha } = readOptions(imbalanceParameters, options);
  const faults: string[] = [];
  const [largest] = rows;
  const standardError = Math.sqrt(1 / nTreated + 1 / nControl);
  const pValue = 2 * normalCdf(-Math.abs(largest.difference) / standardError) * rows.length;
  if (Math.abs(largest.difference) > maxDifference && pValue < alpha) faults.push(inWords(largest));
  if (test.auc > maxAuc && test.pValue < alpha) {
    faults.push(
      `a classifier separates the treated rows by the other columns with a ROC AUC of ${test.auc.toFixed(3)}, where chance gives 0.5`,
    );
  }
  return faults;
}

function inWords({ column, level, treated, control, difference }: BalanceRow): string {
  const apart = `a standardised difference of ${difference.toFixed(2)}`;
  if (level === undefined) {
    return `the mean of "${column}" is ${shown(treated)} among the treated rows and ${shown(control)} among the control rows, ${apart}`;
  }
  const what = level === null ? `no value of "${column}"` : `${JSON.stringify(level)} in "${column}"`;
  return `${percent(treated)} of the treated rows and ${percent(control)} of the control rows have ${what}, ${apart}`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${shown(100 * share)} %`;
}
