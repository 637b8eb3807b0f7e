import {
  ChurnError,
  classifierParameter,
  integerParameter,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  requireTable,
  type Table,
  withDefault,
} from '@churn/core';
import { GradientBoostingClassifier } from '@churn/models';
import { treatmentParameters } from '../learners/learner-parameters.js';
import { armFolds, crossFittedPropensities, partsOf } from '../learners/propensity.js';
import { treatedRows } from '../treatment.js';
import { type BalanceRow, balanceRows } from './column-balance.js';
import { type RankTest, rankTest } from './rank-test.js';
import { type TreatmentOverlap, treatmentOverlap } from './treatment-overlap.js';

export const balanceParameters = {
  ...treatmentParameters,
  /** The classifier of the treatment. Default: gradient boosting of 50 shallow trees, which supports missing values and categories. */
  classifier: classifierParameter(),
  /** The number of folds, at least 2; each is scored by a classifier fitted on the others. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type TreatmentBalanceOptions = OptionsOf<typeof balanceParameters>;

/** How similar the treated rows and the control rows are. */
export interface TreatmentBalance {
  readonly nTreated: number;
  readonly nControl: number;
  /** The balance of each column, the largest standardised differences first. */
  readonly rows: readonly BalanceRow[];
  /** How well a classifier separates held-out treated rows. */
  readonly test: RankTest;
  readonly overlap: TreatmentOverlap;
}

/**
 * Compares the treated rows with the control rows, by single columns and by all columns together. If the treatment was randomised,
 * differences are small and a classifier does no better than chance.
 *
 * @param x the treatment column and columns known before the treatment, none from after it.
 * @throws as `treatedRows`; `invalid-data` if there are no other columns, or an arm has fewer rows than there are folds; and the errors
 * of the classifier.
 */
export function treatmentBalance(x: Table, options: TreatmentBalanceOptions): TreatmentBalance {
  const { treatment, control, classifier, cv, seed } = readOptions(balanceParameters, options);
  requireTable(x);
  const treated = treatedRows(x, { treatment, control });
  const known = x.drop([treatment]);
  const nTreated = treated.reduce((sum, arm) => sum + arm, 0);
  const nControl = treated.length - nTreated;
  if (known.names.length === 0) {
    throw new ChurnError('invalid-data', `expected columns besides the treatment "${treatment}", got none`);
  }
  if (Math.min(nTreated, nControl) < cv) {
    throw new ChurnError(
      'invalid-data',
      `column "${treatment}": expected at least ${cv} treated and ${cv} control rows, one per fold, got ${nTreated} and ${nControl}`,
    );
  }
  const folds = armFolds(treated, () => false, cv, new Random(seed).stream('treatmentBalance'));
  const scorer =
    classifier ?? new GradientBoostingClassifier({ nEstimators: 50, learningRate: 0.1, maxDepth: 3 });
  const scores = crossFittedPropensities(scorer, { x: known, treated, weights: undefined }, folds);
  const groups = partsOf(folds).map(({ inside }) => ({
    scores: Float64Array.from(inside, (row) => scores[row]),
    treated: Uint8Array.from(inside, (row) => treated[row]),
  }));
  return {
    nTreated,
    nControl,
    rows: balanceRows(known, treated),
    test: rankTest(groups),
    overlap: treatmentOverlap(scores, treated),
  };
}
