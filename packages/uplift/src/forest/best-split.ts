import { MISSING_BIN } from '@churn/models';
import { CONTROL, N_SUMS, OF_CONTROL, OF_TREATED, TREATED } from './arm-sums.js';

/** What both sides of a split must have. */
export interface SplitLimits {
  /** The minimum number of rows, as the sum of their weights. */
  readonly minSamplesLeaf: number;
  /** The fewest treated rows, and the fewest control rows. */
  readonly minSamplesTreatment: number;
}

/** A way to split a node. */
export interface Split {
  readonly feature: number;
  /** By how much it raises the divergence, times the weight of the rows. */
  readonly gain: number;
  /** The last bin that goes left; of a category it says nothing. */
  readonly bin: number;
  /** Whether missing values go left. */
  readonly missingLeft: boolean;
  /** The bins of a category that go right. */
  readonly right?: readonly number[];
}

/** The bins of one feature in a node, and what the node's split must be better than. */
export interface NodeBins {
  readonly feature: number;
  /** The sums of each bin, those of missing values last. */
  readonly bins: Float64Array;
  /** The sums of the node. */
  readonly total: Float64Array;
  readonly best: Split | undefined;
}

/** Finds splits by one measure of divergence. */
export class SplitFinder {
  readonly #left = new Float64Array(N_SUMS);
  readonly #right = new Float64Array(N_SUMS);

  constructor(
    readonly divergence: (sums: Float64Array) => number,
    readonly limits: SplitLimits,
  ) {}

  /** The best split of a number, if it is better than that known. */
  ofNumber(node: NodeBins, nBins: number): Split | undefined {
    const { feature, bins, total } = node;
    const hasMissing = weightOf(bins, MISSING_BIN) > 0;
    let { best } = node;
    for (const missingLeft of hasMissing ? [false, true] : [false]) {
      this.#left.fill(0);
      if (missingLeft) add(this.#left, bins, MISSING_BIN);
      // Without missing values a last bin on the left would leave none on the right.
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
   * The best split of a category, if it is better than that known: its levels are put in the order of their effects, and cut in two as numbers are. Missing
   * values are a level.
   */
  ofCategory(node: NodeBins, nBins: number): Split | undefined {
    const { feature, bins, total } = node;
    const present = [...Array.from({ length: nBins }, (_, bin) => bin), MISSING_BIN].filter(
      (bin) => weightOf(bins, bin) > 0,
    );
    const effects = new Map(present.map((bin) => [bin, drawnEffect(bins, bin, total)]));
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

  /** What a split gains whose left side has the sums in hand; 0 where it may not be. */
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

/** The effect in a bin, drawn to that of the node as by one row more in each arm. */
function drawnEffect(bins: Float64Array, bin: number, total: Float64Array): number {
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
