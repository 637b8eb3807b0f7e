import { log } from '@churn/core';
import type { RegressionCriterion } from './criterion.js';
import type { NodeStatistics } from './node-statistics.js';
import type { ScaledTargets } from './scaled-targets.js';

/** Statistics of nodes that sum the weights of their rows, and the scaled targets times weights; the value of a leaf is the mean. */
export class RegressionStatistics implements NodeStatistics {
  readonly nSums = 2;
  readonly nValues = 1;

  constructor(
    readonly scale: Pick<ScaledTargets, 'unit' | 'centre'>,
    readonly criterion: RegressionCriterion,
  ) {}

  weight(sums: Float64Array, node: number): number {
    return sums[node];
  }

  writeValues(sums: Float64Array, node: number, values: Float64Array, to: number): void {
    const { unit, centre } = this.scale;
    values[to] = (centre + sums[node + 1] / sums[node]) * unit;
  }

  /** The decrease of squared errors or of half the Poisson deviance, in scaled units; importances are relative, so the unit cancels. */
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
