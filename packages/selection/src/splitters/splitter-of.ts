import { requireParameter, type Target } from '@churn/core';
import { KFold } from './k-fold.js';
import type { Splitter } from './splitter.js';
import { StratifiedKFold } from './stratified-k-fold.js';

/**
 * The splitter that is meant by a splitter or a number of folds: stratified for classes, plain for regression. Default five folds.
 * @throws `invalid-parameter` if it is neither.
 */
export function splitterOf(cv: Splitter | number | undefined, { kind }: Pick<Target, 'kind'>): Splitter {
  if (cv === undefined || typeof cv === 'number') {
    const nSplits = cv ?? 5;
    const isNumber = Number.isInteger(nSplits) && nSplits >= 2;
    requireParameter(isNumber, 'cv', 'a splitter, or a number of folds of at least 2', cv);
    return kind === 'classes' ? new StratifiedKFold({ nSplits }) : new KFold({ nSplits });
  }
  const isSplitter = typeof cv === 'object' && typeof (cv as Splitter | null)?.split === 'function';
  requireParameter(isSplitter, 'cv', 'a splitter, or a number of folds of at least 2', cv);
  return cv;
}
