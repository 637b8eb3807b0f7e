import type { Attribution } from '@churn/core';

/** The sum of baseline and contributions, one number per row. */
export function attributedSums({ baseline, contributions }: Attribution): Float64Array {
  return contributions[0].map((_, row) => contributions.reduce((sum, values) => sum + values[row], baseline));
}
