import type { Attribution } from '@churn/core';

/** What baseline and contributions add up to, one number per row. */
export function attributedSums({ baseline, contributions }: Attribution): Float64Array {
  return contributions[0].map((_, row) => contributions.reduce((sum, values) => sum + values[row], baseline));
}
