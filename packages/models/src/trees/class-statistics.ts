import { type Criterion, purity } from './criterion.js';
import type { NodeStatistics } from './node-statistics.js';

/** The number of values in a leaf of a classification tree: a probability per class, or for two classes only that of the second. */
export function nLeafValues(nClasses: number): number {
  return nClasses === 2 ? 1 : nClasses;
}

/** Statistics of nodes that sum the weight of each class; the values of a leaf are the shares of the classes. */
export class ClassStatistics implements NodeStatistics {
  constructor(
    readonly nSums: number,
    readonly criterion: Criterion,
  ) {}

  get nValues(): number {
    return nLeafValues(this.nSums);
  }

  weight(sums: Float64Array, node: number): number {
    let total = 0;
    for (let k = 0; k < this.nSums; k++) total += sums[node + k];
    return total;
  }

  writeValues(sums: Float64Array, node: number, values: Float64Array, to: number): void {
    const { nValues } = this;
    const total = this.weight(sums, node);
    for (let k = 0; k < nValues; k++) values[to + k] = sums[nValues === 1 ? node + 1 : node + k] / total;
  }

  gain(sums: Float64Array, node: number, left: number): number {
    const right = left + this.nSums;
    return this.#purity(sums, left) + this.#purity(sums, right) - this.#purity(sums, node);
  }

  #purity(sums: Float64Array, node: number): number {
    return purity(this.criterion, sums, node, node + this.nSums);
  }
}
