import {
  ChurnError,
  type FittedClassifier,
  type FittedModel,
  type FittedPipeline,
  type Table,
} from '@churn/core';
import { fourDigits } from '@churn/eda';
import { FittedThresholdClassifier } from '@churn/selection';
import { tableOf } from '../terminal/text-table.js';
import { hasInteractions, interactionsOf, interactionUnit } from './interactions.js';

/** @throws `invalid-parameter` for a model without trees. */
export function requireInteractions(pipeline: FittedPipeline<FittedModel>): void {
  if (hasInteractions(pipeline)) return;
  const { model } = pipeline;
  const { type } = model instanceof FittedThresholdClassifier ? model.classifier : model;
  throw new ChurnError(
    'invalid-parameter',
    `--interactions: expected a tree model, or an ensemble whose largest weight is on one, got ${type}; other models have no SHAP interaction values`,
  );
}

/** The joint contribution of two columns to the score of a row, beyond their separate ones. */
export interface RowInteraction {
  readonly columns: readonly [first: string, second: string];
  readonly contribution: number;
  /** The unit of the contribution. */
  readonly unit: string;
}

/**
 * The interactions of a row, largest first.
 *
 * @param row a table with only that row.
 * @param top the maximum number of pairs.
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

/** The index of the explained score: for more than two classes, that of the most probable class. */
function explainedOutput(model: FittedPipeline<FittedModel>, row: Table): number | undefined {
  if (model.role !== 'classifier') return undefined;
  const probabilities = (model as FittedPipeline<FittedClassifier>).predictProba(row).map(([p]) => p);
  if (probabilities.length === 2) return undefined;
  return probabilities.indexOf(Math.max(...probabilities));
}
