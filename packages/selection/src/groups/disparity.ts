/** How far apart figures of groups are. */
export interface GroupGap {
  /** The largest minus the smallest; 0 is parity. */
  readonly difference: number;
  /** The smallest divided by the largest; 1 is parity. `NaN` where a figure is negative, which has no ratio. */
  readonly ratio: number;
}

/** Between which figures a gap is: those of the groups, or those of each group and of all rows. */
export const GAP_METHODS = ['betweenGroups', 'toOverall'] as const;
type GapMethod = (typeof GAP_METHODS)[number];

/** One figure divided by another; of two that are 0, 1. `NaN` if one is negative. */
export function ratioOf(value: number, to: number): number {
  if (value < 0 || to < 0) return NaN;
  return value === to ? 1 : value / to;
}

/**
 * The gap between the figures of groups, or the largest one between a group and all rows, as fairlearn's `MetricFrame` has them.
 * @returns `NaN` of no group.
 */
export function groupGap(values: readonly number[], overall: number, method: GapMethod): GroupGap {
  if (values.length === 0) return { difference: NaN, ratio: NaN };
  if (method === 'betweenGroups') {
    const [smallest, largest] = [Math.min(...values), Math.max(...values)];
    return { difference: largest - smallest, ratio: ratioOf(smallest, largest) };
  }
  const ratios = values.map((value) => ratioOf(Math.min(value, overall), Math.max(value, overall)));
  return {
    difference: Math.max(...values.map((value) => Math.abs(value - overall))),
    ratio: Math.min(...ratios),
  };
}
