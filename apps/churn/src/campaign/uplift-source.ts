import type { ScoreSource } from './read-customers.js';

/** The source of each customer's uplift: the increase of the probability to stay by contact. */
export type UpliftSource =
  | { readonly column: string }
  /** The model predicts the uplift of an experiment's treatment. */
  | { readonly treatment: { readonly column: string; readonly treated: string } };

/** @param named the column named by an option; `false` for a list by churn. */
export function upliftSource(
  named: string | false | undefined,
  source: ScoreSource,
): UpliftSource | undefined {
  if (typeof named === 'string') return { column: named };
  const learned = 'scoring' in source ? source.scoring.uplift : undefined;
  return named === false || !learned ? undefined : { treatment: learned.treatment };
}

/** Describes the uplift. */
export function upliftText(uplift: UpliftSource): string {
  if ('column' in uplift) return `the uplift in the column “${uplift.column}”`;
  const { column, treated } = uplift.treatment;
  return `the model's uplift of “${treated}” in “${column}”`;
}
