import { StratifiedKFold } from '@churn/selection';
import type { Config } from '../config/config.js';

/** The stratified folds of cross-validation. */
export function stratifiedFolds({
  crossValidation: { folds },
  seed,
}: Pick<Config, 'crossValidation' | 'seed'>): StratifiedKFold {
  return new StratifiedKFold({ nSplits: folds, shuffle: true, seed });
}
