import { Amounts, type AmountsLike, ChurnError, isList, Labels, type LabelsLike } from '@churn/core';

/** What came of each row: one of two classes, or an amount. A list of numbers is read as amounts, of which 0 and 1 stand for classes too. */
export type OutcomeLike = LabelsLike | AmountsLike;

/**
 * Outcomes as numbers: amounts as they are, and of labels 1 for the second class, the positive one, and 0 for the first.
 *
 * @throws `invalid-target` where an outcome is missing or infinite, naming the row, or labels are of other than two classes.
 */
export function outcomeNumbers(y: OutcomeLike): Float64Array {
  const { kind } = (y ?? {}) as { readonly kind?: string };
  const isNumeric = kind === undefined && isList(y) && (y.length === 0 || typeof y[0] === 'number');
  if (kind === 'amounts' || isNumeric) return Amounts.from(y as AmountsLike).values;
  const labels = Labels.from(y as LabelsLike);
  if (labels.classes.length === 2) return Float64Array.from(labels.codes);
  throw new ChurnError(
    'invalid-target',
    `expected outcomes of two classes, or amounts, got ${labels.classes.length} classes (${labels.classes.slice(0, 10).join(', ')})`,
  );
}

/** Whether all outcomes are 0 or 1. */
export function areBinary(outcomes: Float64Array): boolean {
  return outcomes.every((outcome) => outcome === 0 || outcome === 1);
}
