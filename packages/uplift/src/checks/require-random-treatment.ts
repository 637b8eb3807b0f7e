import {
  ChurnError,
  normalCdf,
  numberParameter,
  type OptionsOf,
  readOptions,
  type Table,
  withDefault,
} from '@churn/core';
import { probabilityParameter } from '../confidence-level.js';
import type { BalanceRow } from './column-balance.js';
import { balanceParameters, type TreatmentBalance, treatmentBalance } from './treatment-balance.js';

const parameters = {
  ...balanceParameters,
  /** The largest standardised difference of a column that may stand, above 0. Default 0.1. */
  maxDifference: withDefault(numberParameter({ above: 0 }), 0.1),
  /** The largest area under the ROC curve by which a classifier may tell the treated rows, above 0.5. Default 0.55. */
  maxAuc: withDefault(numberParameter({ above: 0.5, to: 1 }), 0.55),
  /** How probable by chance alone a larger difference or area may be at most, to be refused. Default 0.001. */
  alpha: withDefault(probabilityParameter(), 0.001),
};

export type RequireRandomTreatmentOptions = OptionsOf<typeof parameters>;

/**
 * Refuses rows whose treatment was not random enough for the difference of the arms to be taken for its effect: a column differs by more than
 * `maxDifference`, or a classifier tells the treated rows by more than `maxAuc`, and chance alone is no explanation. Of several columns the p-values are
 * corrected by Bonferroni's method. Where it refuses, and it is known what the treatment was given by, a `DRLearner` with a classifier of the propensity
 * is the model to take.
 *
 * @returns how alike the arms are.
 * @throws `invalid-data`, saying in words what differs; and as `treatmentBalance`.
 */
export function requireRandomTreatment(x: Table, options: RequireRandomTreatmentOptions): TreatmentBalance {
  const { maxDifference, maxAuc, alpha, ...others } = readOptions(parameters, options);
  const balance = treatmentBalance(x, others);
  const { rows, test, nTreated, nControl } = balance;
  const faults: string[] = [];
  const [largest] = rows;
  const standardError = Math.sqrt(1 / nTreated + 1 / nControl);
  const pValue = 2 * normalCdf(-Math.abs(largest.difference) / standardError) * rows.length;
  if (Math.abs(largest.difference) > maxDifference && pValue < alpha) faults.push(inWords(largest));
  if (test.auc > maxAuc && test.pValue < alpha) {
    faults.push(
      `a classifier tells the treated rows by the other columns with an area under the ROC curve of ${test.auc.toFixed(3)}, where chance gives 0.5`,
    );
  }
  if (faults.length === 0) return balance;
  throw new ChurnError(
    'invalid-data',
    `column "${others.treatment}": expected a treatment that was drawn at random, but ${faults.join('; and ')}. What came of the arms differs by that too, and not by the treatment alone`,
  );
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
