import type { Attribution, FittedModel } from '@churn/core';

/** A sum of attributions, to which `addAttribution` adds. */
export interface AttributionSum {
  baseline: number;
  readonly contributions: readonly Float64Array[];
}

/** No attribution to any of `features` yet. */
export function noAttribution(features: readonly string[], nRows: number): AttributionSum {
  return { baseline: 0, contributions: features.map(() => new Float64Array(nRows)) };
}

/**
 * Adds a multiple of what a member attributes to its columns.
 *
 * @param features the columns of the sum.
 */
export function addAttribution(
  sum: AttributionSum,
  features: readonly string[],
  member: FittedModel,
  factor: number,
  { baseline, contributions }: Attribution,
): void {
  sum.baseline += factor * baseline;
  contributions.forEach((values, feature) => {
    const total = sum.contributions[features.indexOf(member.features[feature])];
    for (let row = 0; row < total.length; row++) total[row] += factor * values[row];
  });
}

/** The weighted mean of the members' importances, for each of `features`. */
export function meanImportances(
  members: readonly FittedModel[],
  weights: readonly number[],
  features: readonly string[],
): Float64Array {
  const sums = new Float64Array(features.length);
  members.forEach((member, i) => {
    member.importances?.().forEach((value, feature) => {
      sums[features.indexOf(member.features[feature])] += weights[i] * value;
    });
  });
  // A member without a split has none, and leaves the whole below 1.
  const total = sums.reduce((sum, value) => sum + value, 0);
  return total > 0 ? sums.map((value) => value / total) : sums;
}

/** The weights of members as shares. @returns nothing unless there is one from 0 for each, and not all are 0. */
export function sharesOf(weights: readonly number[] | undefined, nMembers: number): number[] | undefined {
  const given = weights ?? new Array<number>(nMembers).fill(1);
  const total = given.reduce((sum, weight) => sum + weight, 0);
  const areRight = given.length === nMembers && total > 0 && total < Infinity;
  return areRight ? given.map((weight) => weight / total) : undefined;
}
