import {
  ChurnError,
  type FittedClassifier,
  type FittedModel,
  type FittedPipeline,
  type Table,
} from '@churn/core';
import { fourDigits } from '@churn/eda';
import { tableOf } from '../terminal/result-table.js';
import { hasInteractions, interactionsOf, interactionUnit } from './interactions.js';

/** @throws `invalid-parameter` for a model without trees. */
export function requireInteractions(model: FittedPipeline<FittedModel>): void {
  if (hasInteractions(model)) return;
  throw new ChurnError(
    'invalid-parameter',
    '--interactions: expected a model of trees, or an ensemble whose weightiest member is one; other models have no SHAP interaction values',
  );
}

/** What two columns together add to the score of a row, beyond what each adds alone. */
export interface RowInteraction {
  readonly columns: readonly [first: string, second: string];
  readonly contribution: number;
  /** What the contribution is measured in. */
  readonly unit: string;
}

/**
 * What pairs of columns add together to the score of a row, the largest first.
 *
 * @param row a table of that row alone.
 * @param top how many pairs are told at most.
 */
export function rowInteractions(
  model: FittedPipeline<FittedModel>,
  row: Table,
  top: number,
): RowInteraction[] {
  const unit = interactionUnit(model) ?? '';
  const found = interactionsOf(model, row, explainedOutput(model, row)) ?? [];
  return found.slice(0, top).map(({ columns, values: [contribution] }) => ({ columns, contribution, unit }));
}

/** The interactions of a row as a table of text. */
export function interactionTable(found: readonly RowInteraction[]): string {
  if (found.length === 0) return 'no columns interact';
  const title = (column: string) => column.replaceAll('_', ' ').trim();
  return tableOf(
    ['columns together, beyond each alone', found[0].unit],
    found.map(({ columns: [first, second], contribution }) => [
      `${title(first)} and ${title(second)}`,
      `${contribution < 0 ? '' : '+'}${fourDigits(contribution)}`,
    ]),
  );
}

/** The score that is explained: of more than two classes that of the likeliest. */
function explainedOutput(model: FittedPipeline<FittedModel>, row: Table): number | undefined {
  if (model.role !== 'classifier') return undefined;
  const probabilities = (model as FittedPipeline<FittedClassifier>).predictProba(row).map(([p]) => p);
  if (probabilities.length === 2) return undefined;
  return probabilities.indexOf(Math.max(...probabilities));
}
