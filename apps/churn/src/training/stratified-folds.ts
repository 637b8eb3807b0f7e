import { StratifiedKFold } from '@churn/selection';
import type { Config } from '../config/config.js';

/** How training rows are held out, to choose by. */
export function stratifiedFolds({
  crossValidation: { folds },
  seed,
}: Pick<Config, 'crossValidation' | 'seed'>): StratifiedKFold {
  return new StratifiedKFold({ nSplits: folds, shuffle: true, seed });
}
