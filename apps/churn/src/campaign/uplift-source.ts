import type { ScoreSource } from './read-customers.js';

/** Where it is known from how much likelier contact makes each customer to stay. */
export type UpliftSource =
  | { readonly column: string }
  /** The model of the customers knows what the treatment of an experiment did. */
  | { readonly treatment: { readonly column: string; readonly treated: string } };

/** @param named the column that a user names; `false` where the list is to be by churn all the same. */
export function upliftSource(
  named: string | false | undefined,
  source: ScoreSource,
): UpliftSource | undefined {
  if (typeof named === 'string') return { column: named };
  const learned = 'scoring' in source ? source.scoring.uplift : undefined;
  return named === false || !learned ? undefined : { treatment: learned.treatment };
}

/** What the uplift is, for people. */
export function upliftText(uplift: UpliftSource): string {
  if ('column' in uplift) return `the uplift in the column “${uplift.column}”`;
  const { column, treated } = uplift.treatment;
  return `the uplift that the model predicts of “${treated}” in “${column}”`;
}
