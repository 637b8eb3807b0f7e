import type { TrainTestSplit } from '@churn/selection';
import { qiniAuc } from '@churn/uplift';
import type { Config } from '../config/config.js';
import type { TimeLimit } from '../runs/time-limit.js';
import { stratifiedFolds } from '../training/stratified-folds.js';
import type { UpliftLearner } from './uplift-learners.js';
import { armStrata, takeUpliftRows, type UpliftRows } from './uplift-rows.js';

/** A learner that was compared with others. */
interface ComparedLearner {
  readonly learner: UpliftLearner;
  /** The Qini coefficient of what it said of rows held out. */
  readonly qini: number;
  /** What it said of each row, without having learned from it. */
  readonly predicted: Float64Array;
  readonly seconds: number;
}

/** Learners that were compared, and those for which there was no time. */
export interface Comparison {
  /** The best first; at least one. */
  readonly compared: readonly ComparedLearner[];
  readonly leftOut: readonly string[];
}

/**
 * Compares learners by cross-validation: the Qini coefficient of all rows by what was said of each out of fold, the best first. Where time is limited,
 * it ends with the first learner that, as slow as the slowest before it, would not be done in time to be fitted.
 */
export function compareLearners(
  learners: readonly UpliftLearner[],
  rows: UpliftRows,
  config: Pick<Config, 'crossValidation' | 'seed'>,
  limit?: Pick<TimeLimit, 'fitMs'>,
): Comparison {
  const splits = [...stratifiedFolds(config).split(rows.x, armStrata(rows))];
  // Each fold is a fit, and the chosen one is fitted twice more, on more rows.
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
