import { LEAF_COLUMN, SET_WORDS, type TreeArrays } from '@churn/models';
import type { Split } from './best-split.js';

/** Collects the nodes of trees level by level, as `TreeArrays` requires. */
export class TreeNodes {
  readonly #columns: number[] = [];
  readonly #bins: number[] = [];
  readonly #sets: number[] = [];
  readonly #nodesPerTree: number[] = [];
  readonly #leafValues: number[] = [];
  readonly #leafWeights: number[] = [];
  readonly #gains: Float64Array;

  constructor(readonly nFeatures: number) {
    this.#gains = new Float64Array(nFeatures);
  }

  beginTree(): void {
    this.#nodesPerTree.push(0);
  }

  addLeaf(value: number, weight: number): void {
    this.#addNode(LEAF_COLUMN, 0);
    this.#leafValues.push(value);
    this.#leafWeights.push(weight);
  }

  addSplit({ feature, gain, bin, missingLeft, right }: Split): void {
    this.#addNode(missingLeft ? feature + this.nFeatures : feature, bin);
    this.#gains[feature] += gain;
    if (!right) return;
    const words = new Int32Array(SET_WORDS);
    for (const each of right) words[each >> 5] |= 1 << (each & 31);
    this.#sets.push(...words);
  }

  get arrays(): TreeArrays {
    return {
      columns: Uint16Array.from(this.#columns),
      bins: Uint8Array.from(this.#bins),
      sets: Int32Array.from(this.#sets),
      nodesPerTree: Int32Array.from(this.#nodesPerTree),
      leafValues: Float64Array.from(this.#leafValues),
      leafWeights: Float32Array.from(this.#leafWeights),
    };
  }

  /** The share of each feature in the total gain; all 0 if there is no split. */
  get importances(): number[] {
    const sum = this.#gains.reduce((total, gain) => total + gain, 0);
    return Array.from(this.#gains, (gain) => (sum > 0 ? gain / sum : 0));
  }

  #addNode(column: number, bin: number): void {
    this.#columns.push(column);
    this.#bins.push(bin);
    this.#nodesPerTree[this.#nodesPerTree.length - 1]++;
  }
}
