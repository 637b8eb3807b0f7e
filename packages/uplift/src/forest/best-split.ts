import { MISSING_BIN } from '@churn/models';
import { CONTROL, N_SUMS, OF_CONTROL, OF_TREATED, TREATED } from './arm-sums.js';

/** The requirements for both sides of a split. */
export interface SplitLimits {
  /** The minimum number of rows, as the sum of their weights. */
  readonly minSamplesLeaf: number;
  /** The minimum number of treated rows, and of control rows. */
  readonly minSamplesTreatment: number;
}

/** A split of a node. */
export interface Split {
  readonly feature: number;
  /** The increase in divergence, times the weight of the rows. */
  readonly gain: number;
  /** The last bin that goes left; unused for a category column. */
  readonly bin: number;
  /** Whether missing values go left. */
  readonly missingLeft: boolean;
  /** The bins of a category column that go right. */
  readonly right?: readonly number[];
}

/** The bins of a feature in a node, and the node's best split so far. */
export interface NodeBins {
  readonly feature: number;
  /** The sums of each bin, those of missing values last. */
  readonly bins: Float64Array;
  /** The sums of the node. */
  readonly total: Float64Array;
  readonly best: Split | undefined;
}

/** Finds the splits that maximise a divergence. */
export class SplitFinder {
  readonly #left = new Float64Array(N_SUMS);
  readonly #right = new Float64Array(N_SUMS);

  constructor(
    readonly divergence: (sums: Float64Array) => number,
    readonly limits: SplitLimits,
  ) {}

  /** The best split on a numeric feature, or the best so far if none is better. */
  ofNumeric(node: NodeBins, nBins: number): Split | undefined {
    const { feature, bins, total } = node;
    const hasMissing = weightOf(bins, MISSING_BIN) > 0;
    let { best } = node;
    for (const missingLeft of hasMissing ? [false, true] : [false]) {
      this.#left.fill(0);
      if (missingLeft) add(this.#left, bins, MISSING_BIN);
      // Without missing values, the right side needs the last bin.
      for (let bin = 0; bin < (hasMissing && !missingLeft ? nBins : nBins - 1); bin++) {
        if (weightOf(bins, bin) === 0) continue;
        add(this.#left, bins, bin);
        const gain = this.#gain(total);
        if (gain > (best?.gain ?? 0)) best = { feature, gain, bin, missingLeft };
      }
    }
    return best;
  }

  /**
   * The best split on a category column, or the best so far if none is better. Levels are ordered by effect and split like numbers; missing values
   * count as a level.
   */
  ofCategory(node: NodeBins, nBins: number): Split | undefined {
    const { feature, bins, total } = node;
    const present = [...Array.from({ length: nBins }, (_, bin) => bin), MISSING_BIN].filter(
      (bin) => weightOf(bins, bin) > 0,
    );
    const effects = new Map(present.map((bin) => [bin, shrunkEffect(bins, bin, total)]));
    const order = present.sort((a, b) => (effects.get(a) as number) - (effects.get(b) as number) || a - b);
    let { best } = node;
    this.#left.fill(0);
    for (let i = 0; i + 1 < order.length; i++) {
      add(this.#left, bins, order[i]);
      const gain = this.#gain(total);
      if (gain > (best?.gain ?? 0))
        best = { feature, gain, bin: 0, missingLeft: false, right: order.slice(i + 1) };
    }
    return best;
  }

  /** Whether a node is large enough to be split. */
  canSplit(total: Float64Array): boolean {
    const { minSamplesLeaf, minSamplesTreatment } = this.limits;
    return (
      total[CONTROL] + total[TREATED] >= 2 * minSamplesLeaf &&
      Math.min(total[CONTROL], total[TREATED]) >= 2 * minSamplesTreatment
    );
  }

  /** The gain of the split with the current left sums; 0 if it is not allowed. */
  #gain(total: Float64Array): number {
    const { minSamplesLeaf, minSamplesTreatment } = this.limits;
    const left = this.#left;
    const right = this.#right;
    const ofLeft = left[CONTROL] + left[TREATED];
    const ofRight = total[CONTROL] + total[TREATED] - ofLeft;
    if (ofLeft < minSamplesLeaf || ofRight < minSamplesLeaf) return 0;
    if (left[CONTROL] < minSamplesTreatment || left[TREATED] < minSamplesTreatment) return 0;
    for (let k = 0; k < N_SUMS; k++) right[k] = total[k] - left[k];
    if (right[CONTROL] < minSamplesTreatment || right[TREATED] < minSamplesTreatment) return 0;
    return (
      ofLeft * this.divergence(left) +
      ofRight * this.divergence(right) -
      (ofLeft + ofRight) * this.divergence(total)
    );
  }
}

/** The effect in a bin, shrunk towards that of the node as if each arm had one more row. */
function shrunkEffect(bins: Float64Array, bin: number, total: Float64Array): number {
  const at = N_SUMS * bin;
  const mean = (count: number, sum: number) =>
    (bins[at + sum] + total[sum] / total[count]) / (bins[at + count] + 1);
  return mean(TREATED, OF_TREATED) - mean(CONTROL, OF_CONTROL);
}

function weightOf(bins: Float64Array, bin: number): number {
  return bins[N_SUMS * bin + CONTROL] + bins[N_SUMS * bin + TREATED];
}

function add(sums: Float64Array, bins: Float64Array, bin: number): void {
  for (let k = 0; k < N_SUMS; k++) sums[k] += bins[N_SUMS * bin + k];
}
