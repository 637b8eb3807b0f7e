import type { LabelsLike } from '@churn/core';
import { confusionMatrix } from './confusion-matrix.js';

/**
 * The share of rows that were predicted right.
 * @throws as `confusionMatrix`.
 */
export function accuracy(yTrue: LabelsLike, yPredicted: LabelsLike): number {
  const { counts } = confusionMatrix(yTrue, yPredicted);
  const right = counts.reduce((sum, row, i) => sum + row[i], 0);
  return right / yTrue.length;
}
