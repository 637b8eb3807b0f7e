import type { TrainTestSplit } from '@churn/selection';
import { qiniAuc } from '@churn/uplift';
import type { Config } from '../config/config.js';
import type { TimeLimit } from '../runs/time-limit.js';
import { stratifiedFolds } from '../training/stratified-folds.js';
import type { UpliftLearner } from './uplift-learners.js';
import { armStrata, takeUpliftRows, type UpliftRows } from './uplift-rows.js';

/** A compared learner. */
interface ComparedLearner {
  readonly learner: UpliftLearner;
  /** The Qini coefficient of its out-of-fold predictions. */
  readonly qini: number;
  /** Its out-of-fold predictions. */
  readonly predicted: Float64Array;
  readonly seconds: number;
}

/** The compared learners, and those left out for lack of time. */
export interface Comparison {
  /** Best first; at least one. */
  readonly compared: readonly ComparedLearner[];
  readonly leftOut: readonly string[];
}

/**
 * Compares learners by the Qini coefficient of their out-of-fold predictions, best first. With a time limit, it stops before a learner
 * that, if as slow as the slowest so far, would leave no time for the final fit.
 */
export function compareLearners(
  learners: readonly UpliftLearner[],
  rows: UpliftRows,
  config: Pick<Config, 'crossValidation' | 'seed'>,
  limit?: Pick<TimeLimit, 'fitMs'>,
): Comparison {
  const splits = [...stratifiedFolds(config).split(rows.x, armStrata(rows))];
  // A fit per fold, and two more of the chosen one, on more rows.
  const slowest = (compared: readonly ComparedLearner[]) =>
    (1 + 2 / (splits.length - 1)) * Math.max(...compared.map(({ seconds }) => seconds));
  const compared: ComparedLearner[] = [];
  for (const learner of learners) {
    if (limit && compared.length > 0 && 1000 * slowest(compared) > limit.fitMs()) break;
    compared.push(compareOne(learner, rows, splits));
  }
  const leftOut = learners.slice(compared.length).map(({ name }) => name);
  return { compared: compared.sort((a, b) => b.qini - a.qini), leftOut };
}

function compareOne(
  learner: UpliftLearner,
  rows: UpliftRows,
  splits: readonly TrainTestSplit[],
): ComparedLearner {
  const start = performance.now();
  const predicted = new Float64Array(rows.stayed.length);
  for (const { train, test } of splits) {
    const fitted = learner.fit(takeUpliftRows(rows, train));
    fitted.predict(rows.x.take(test)).forEach((uplift, i) => {
      predicted[test[i]] = uplift;
    });
  }
  const qini = qiniAuc(rows.stayed, predicted, rows.isTreated);
  return { learner, qini, predicted, seconds: (performance.now() - start) / 1000 };
}
