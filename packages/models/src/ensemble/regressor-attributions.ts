import type { Attributions, FittedRegressor, Table } from '@churn/core';
import { addAttribution, noAttribution } from './member-sums.js';

/** Whether all members have attributions. */
export function canExplain(members: readonly FittedRegressor[]): boolean {
  return members.every((member) => member.attributions);
}

/**
 * What columns add to `intercept + Σ_i factors_i amount_i` of an ensemble's members, exactly.
 * @param ensemble one whose members all have attributions.
 */
export function regressorAttributions(
  {
    members,
    features,
  }: { readonly members: readonly FittedRegressor[]; readonly features: readonly string[] },
  intercept: number,
  factors: readonly number[],
  x: Table,
): Attributions {
  const sum = noAttribution(features, x.nRows);
  sum.baseline = intercept;
  members.forEach((member, i) => {
    const { outputs } = (member as Required<FittedRegressor>).attributions(x);
    addAttribution(sum, features, member, factors[i], outputs[0]);
  });
  return { unit: 'amount', outputs: [sum] };
}
