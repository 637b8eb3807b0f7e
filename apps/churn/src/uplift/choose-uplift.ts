import { qiniAuc } from '@churn/uplift';
import type { Config } from '../config/config.js';
import { stratifiedFolds } from '../training/stratified-folds.js';
import type { UpliftLearner } from './uplift-learners.js';
import { armStrata, takeUpliftRows, type UpliftRows } from './uplift-rows.js';

/** A learner that was compared with others. */
export interface ComparedLearner {
  readonly learner: UpliftLearner;
  /** The Qini coefficient of what it said of rows held out. */
  readonly qini: number;
  /** What it said of each row, without having learned from it. */
  readonly predicted: Float64Array;
  readonly seconds: number;
}

/** Compares learners by cross-validation: the Qini coefficient of all rows by what was said of each out of fold, the best first. */
export function compareLearners(
  learners: readonly UpliftLearner[],
  rows: UpliftRows,
  config: Pick<Config, 'crossValidation' | 'seed'>,
): ComparedLearner[] {
  const splits = [...stratifiedFolds(config).split(rows.x, armStrata(rows))];
  return learners
    .map((learner): ComparedLearner => {
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
    })
    .sort((a, b) => b.qini - a.qini);
}
