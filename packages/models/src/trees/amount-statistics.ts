import { log } from '@churn/core';
import type { AmountCriterion } from './criterion.js';
import type { NodeStatistics } from './node-statistics.js';
import type { ScaledAmounts } from './scaled-amounts.js';

/** Of nodes that sum up the weight of their rows, and their scaled amounts times weights; a leaf has the mean amount. */
export class AmountStatistics implements NodeStatistics {
  readonly nSums = 2;
  readonly nValues = 1;

  constructor(
    readonly scale: Pick<ScaledAmounts, 'unit' | 'centre'>,
    readonly criterion: AmountCriterion,
  ) {}

  weight(sums: Float64Array, node: number): number {
    return sums[node];
  }

  writeValues(sums: Float64Array, node: number, values: Float64Array, to: number): void {
    const { unit, centre } = this.scale;
    values[to] = (centre + sums[node + 1] / sums[node]) * unit;
  }

  /** Of squared errors, or half the Poisson deviance; in units, of which importances have no need. */
  gain(sums: Float64Array, node: number, left: number): number {
    const [weight, weightLeft, weightRight] = [sums[node], sums[left], sums[left + 2]];
    if (this.criterion === 'poisson') {
      return deviance(sums, node) - deviance(sums, left) - deviance(sums, left + 2);
    }
    const away = sums[left + 1] / weightLeft - sums[left + 3] / weightRight;
    return ((away * weightLeft) / weight) * (away * weightRight);
  }
}

/** Half the Poisson deviance of a node from its mean, up to what does not depend on splits. */
function deviance(sums: Float64Array, node: number): number {
  const [weight, sum] = [sums[node], sums[node + 1]];
  return sum > 0 ? -sum * log(sum / weight) : 0;
}
