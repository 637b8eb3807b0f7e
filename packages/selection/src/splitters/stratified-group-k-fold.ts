import { type LabelsLike, Random, readOptions, requireParameter, square, type TargetLike } from '@churn/core';
import type { TrainTestSplit } from '../train-test-split.js';
import { type ReseedableSplitter, rowGroups, splitsOfFolds } from './splitter.js';
import { rowStrata } from './strata.js';
import {
  requireRowsForFolds,
  type StratifiedKFoldOptions,
  stratifiedKFoldParameters,
} from './stratified-k-fold.js';

/**
 * Folds that keep the rows of a group together and, as far as the groups allow it, each class or stratum, near its overall share.
 *
 * The groups are assigned greedily, those with the most unequal class counts first, each to the fold that keeps the class shares most
 * even; unshuffled folds are those of scikit-learn.
 */
export class StratifiedGroupKFold implements ReseedableSplitter {
  static readonly parameters = stratifiedKFoldParameters;
  readonly nSplits: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly strata: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: StratifiedKFoldOptions) {
    const { nSplits, shuffle, seed, strata } = readOptions(stratifiedKFoldParameters, options);
    this.nSplits = nSplits;
    this.shuffle = shuffle;
    this.seed = seed;
    this.strata = strata;
  }

  withSeed(seed: number): StratifiedGroupKFold {
    return new StratifiedGroupKFold({ nSplits: this.nSplits, strata: this.strata, shuffle: true, seed });
  }

  /**
   * @throws `invalid-parameter` if a class has fewer rows than there are folds, or there are fewer groups; `invalid-data` if `y` or
   * `groups` is missing, or differs in length.
   */
  split(x: { readonly nRows: number }, y?: TargetLike, groups?: LabelsLike): TrainTestSplit[] {
    const { nSplits } = this;
    const labels = rowStrata(y, x, { strata: this.strata, leastRows: this.nSplits });
    const group = rowGroups(groups, x);
    requireRowsForFolds(labels, nSplits);
    const totals = labels.counts();
    const codes = [...totals.keys()].filter((code) => totals[code] > 0);
    const column = new Map(codes.map((code, i) => [code, i]));
    const counts = group.classes.map(() => new Float64Array(codes.length));
    group.codes.forEach((of, row) => {
      counts[of][column.get(labels.codes[row]) ?? 0]++;
    });
    const sizes = group.counts();
    const order = [...sizes.keys()].filter((of) => sizes[of] > 0);
    requireParameter(nSplits <= order.length, 'nSplits', `at most the ${order.length} groups`, nSplits);
    if (this.shuffle) new Random(this.seed).stream('StratifiedGroupKFold').shuffle(order);
    const spread = counts.map(standardDeviation);
    order.sort((a, b) => spread[b] - spread[a]);

    const folds = Array.from({ length: nSplits }, () => new Float64Array(codes.length));
    const classTotals = codes.map((code) => totals[code]);
    const foldOfGroup = new Int32Array(sizes.length);
    for (const of of order) {
      const fold = mostEvenFold(folds, counts[of], classTotals);
      foldOfGroup[of] = fold;
      add(folds[fold], counts[of], 1);
    }
    return splitsOfFolds(
      group.codes.map((of) => foldOfGroup[of]),
      nSplits,
    );
  }
}

/** The fold that, with these rows in it, leaves the shares of the classes most even; of equal ones that with fewest rows. */
function mostEvenFold(
  folds: readonly Float64Array[],
  counts: Float64Array,
  totals: readonly number[],
): number {
  const shares = new Float64Array(folds.length);
  let best = 0;
  let leastSpread = Infinity;
  let minRows = Infinity;
  folds.forEach((fold, i) => {
    add(fold, counts, 1);
    let spread = 0;
    totals.forEach((total, code) => {
      for (let j = 0; j < folds.length; j++) shares[j] = folds[j][code] / total;
      spread += standardDeviation(shares);
    });
    spread /= totals.length;
    add(fold, counts, -1);
    const rows = fold.reduce((sum, count) => sum + count, 0);
    if (spread < leastSpread || (isClose(spread, leastSpread) && rows < minRows)) {
      best = i;
      leastSpread = spread;
      minRows = rows;
    }
  });
  return best;
}

function add(to: Float64Array, counts: Float64Array, sign: 1 | -1): void {
  for (let code = 0; code < to.length; code++) to[code] += sign * counts[code];
}

function standardDeviation(values: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i];
  mean /= values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += square(values[i] - mean);
  return Math.sqrt(squares / values.length);
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
}
