import {
  ChurnError,
  type FittedClassifier,
  type FittedModel,
  type FittedPipeline,
  type Table,
} from '@churn/core';
import { fourDigits } from '@churn/eda';
import { hasInteractions, interactionsOf } from './interactions.js';

/** @throws `invalid-parameter` for a model without trees. */
export function requireInteractions(model: FittedPipeline<FittedModel>): void {
  if (hasInteractions(model)) return;
  throw new ChurnError(
    'invalid-parameter',
    '--interactions: expected a tree model, or an ensemble whose largest weight is on one; other models have no SHAP interaction values',
  );
}

/**
 * What pairs of columns add together to the score of a row, a line each, the largest first.
 *
 * @param row a table of that row alone.
 */
export function interactionLines(model: FittedPipeline<FittedModel>, row: Table, top: number): string[] {
  const found = interactionsOf(model, row, explainedOutput(model, row)) ?? [];
  if (found.length === 0) return ['no columns interact'];
  return found.slice(0, top).map(({ columns: [first, second], values: [value] }) => {
    return `${first} and ${second} together: ${value < 0 ? '' : '+'}${fourDigits(value)}`;
  });
}

/** The score that is explained: of more than two classes that of the likeliest. */
function explainedOutput(model: FittedPipeline<FittedModel>, row: Table): number | undefined {
  if (model.role !== 'classifier') return undefined;
  const probabilities = (model as FittedPipeline<FittedClassifier>).predictProba(row).map(([p]) => p);
  if (probabilities.length === 2) return undefined;
  return probabilities.indexOf(Math.max(...probabilities));
}
