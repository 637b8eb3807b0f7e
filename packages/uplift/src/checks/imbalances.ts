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
 * Describes the evidence against a randomised treatment: a column that differs significantly by more than `maxDifference`, or a classifier
 * that separates treated rows significantly with an AUC above `maxAuc`. Empty if there is no such evidence. P-values of columns have a
 * Bonferroni correction.
 *
 * @param balance as returned by `treatmentBalance`.
 * @throws `invalid-parameter`, naming the parameter.
 */
export function imbalances(
  { rows, test, nTreated, nControl }: TreatmentBalance,
  options?: ImbalancesOptions,
): string[] {
  const { maxDifference, maxAuc, alpha } = readOptions(imbalanceParameters, options);
  const found: string[] = [];
  const [largest] = rows;
  const standardError = Math.sqrt(1 / nTreated + 1 / nControl);
  const pValue = 2 * normalCdf(-Math.abs(largest.difference) / standardError) * rows.length;
  if (Math.abs(largest.difference) > maxDifference && pValue < alpha) found.push(describe(largest));
  if (test.auc > maxAuc && test.pValue < alpha) {
    found.push(
      `a classifier separates the treated rows by the other columns with a ROC AUC of ${test.auc.toFixed(3)} (0.5 is chance)`,
    );
  }
  return found;
}

function describe({ column, level, treated, control, difference }: BalanceRow): string {
  const gap = `a standardised difference of ${difference.toFixed(2)}`;
  if (level === undefined) {
    return `the mean of "${column}" is ${shown(treated)} among the treated rows and ${shown(control)} among the control rows, ${gap}`;
  }
  const what = level === null ? `a missing value in "${column}"` : `${JSON.stringify(level)} in "${column}"`;
  return `${percent(treated)} of the treated rows and ${percent(control)} of the control rows have ${what}, ${gap}`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${shown(100 * share)} %`;
}
