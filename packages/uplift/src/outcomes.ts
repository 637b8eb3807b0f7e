import {
  ChurnError,
  isList,
  Labels,
  type LabelsLike,
  TargetValues,
  type TargetValuesLike,
} from '@churn/core';

/**
 * The outcome of each row: one of two classes, or a number. A list of numbers is numeric; 0 and 1 also stand for classes.
 */
export type OutcomeLike = LabelsLike | TargetValuesLike;

/**
 * Outcomes as numbers: numeric outcomes unchanged, and for labels 1 for the second, positive class and 0 for the first.
 *
 * @throws `invalid-target` if an outcome is missing or infinite, naming the row, or labels do not have two classes.
 */
export function outcomeNumbers(y: OutcomeLike): Float64Array {
  const { kind } = (y ?? {}) as { readonly kind?: string };
  const isNumeric = kind === undefined && isList(y) && (y.length === 0 || typeof y[0] === 'number');
  if (kind === 'values' || isNumeric) return TargetValues.from(y as TargetValuesLike).values;
  const labels = Labels.from(y as LabelsLike);
  if (labels.classes.length === 2) return Float64Array.from(labels.codes);
  throw new ChurnError(
    'invalid-target',
    `expected numeric outcomes or two classes, got ${labels.classes.length} classes (${labels.classes.slice(0, 10).join(', ')})`,
  );
}

/** Whether all outcomes are 0 or 1. */
export function areBinary(outcomes: Float64Array): boolean {
  return outcomes.every((outcome) => outcome === 0 || outcome === 1);
}
