import type { Random } from '@churn/core';
import { type Binning, MISSING_BIN } from '@churn/models';
import { type ArmRows, addRows, CONTROL, effectOf, N_SUMS, TREATED } from './arm-sums.js';
import type { Split, SplitFinder } from './best-split.js';
import type { TreeNodes } from './tree-nodes.js';

/** How trees grow. */
export interface Growth {
  readonly binning: Binning;
  readonly finder: SplitFinder;
  readonly maxDepth: number;
  /** The number of features considered at each node, drawn anew. */
  readonly nCompeting: number;
}

/** A node to be split: the ranges of its rows in the lists `rows` and `estimates`. */
interface OpenNode {
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  readonly estimateStart: number;
  readonly estimateEnd: number;
  /** The effect of its parent. */
  readonly effect: number;
}

/**
 * Grows one tree, level by level.
 *
 * @param rows the rows that determine the splits; reordered in place.
 * @param estimates the rows from which effects are estimated: different ones, or a copy; reordered in place.
 */
export function growUpliftTree(
  data: ArmRows,
  { binning, finder, maxDepth, nCompeting }: Growth,
  rows: Int32Array,
  estimates: Int32Array,
  random: Random,
  nodes: TreeNodes,
): void {
  const { codes } = data;
  const nFeatures = codes.length;
  const bins = new Float64Array(N_SUMS * (MISSING_BIN + 1));
  const scratch = new Int32Array(Math.max(rows.length, estimates.length));
  const root = { depth: 0, start: 0, end: rows.length, estimateStart: 0, estimateEnd: estimates.length };
  const open: OpenNode[] = [{ ...root, effect: 0 }];
  nodes.beginTree();
  for (const node of open) {
    const sums = new Float64Array(N_SUMS);
    addRows(data, rows, node.start, node.end, sums);
    const ofEstimates = new Float64Array(N_SUMS);
    addRows(data, estimates, node.estimateStart, node.estimateEnd, ofEstimates);
    // If an arm has no rows left, the parent's effect is the better estimate.
    const hasBoth = ofEstimates[TREATED] > 0 && ofEstimates[CONTROL] > 0;
    const effect = hasBoth ? effectOf(ofEstimates) : node.effect;
    const split = node.depth < maxDepth && finder.canSplit(sums) ? bestSplit(node, sums) : undefined;
    if (!split) {
      nodes.addLeaf(effect, ofEstimates[TREATED] + ofEstimates[CONTROL]);
      continue;
    }
    nodes.addSplit(split);
    const isLeft = sideOf(split);
    const column = codes[split.feature];
    const middle = partition(rows, node.start, node.end, column, isLeft, scratch);
    const cut = partition(estimates, node.estimateStart, node.estimateEnd, column, isLeft, scratch);
    const below = { depth: node.depth + 1, effect };
    open.push(
      { ...below, start: node.start, end: middle, estimateStart: node.estimateStart, estimateEnd: cut },
      { ...below, start: middle, end: node.end, estimateStart: cut, estimateEnd: node.estimateEnd },
    );
  }

  function bestSplit(node: OpenNode, total: Float64Array): Split | undefined {
    let best: Split | undefined;
    const competing =
      nCompeting < nFeatures
        ? random.permutation(nFeatures).subarray(0, nCompeting).sort()
        : Int32Array.from(codes.keys());
    for (const feature of competing) {
      const { nBins, isCategory } = binsOf(binning, feature);
      bins.fill(0, 0, N_SUMS * nBins).fill(0, N_SUMS * MISSING_BIN);
      addRows(data, rows, node.start, node.end, bins, codes[feature]);
      const known = { feature, bins, total, best };
      best = isCategory ? finder.ofCategory(known, nBins) : finder.ofNumeric(known, nBins);
    }
    return best;
  }
}

function binsOf(binning: Binning, feature: number): { readonly nBins: number; readonly isCategory: boolean } {
  const bins = binning.features[feature];
  return 'levels' in bins
    ? { nBins: bins.levels.length, isCategory: true }
    : { nBins: bins.edges.length + 1, isCategory: false };
}

/** Whether each bin goes left. */
function sideOf({ bin, missingLeft, right }: Split): Uint8Array {
  const isLeft = new Uint8Array(MISSING_BIN + 1);
  if (right) {
    isLeft.fill(1);
    for (const each of right) isLeft[each] = 0;
  } else {
    isLeft.fill(1, 0, bin + 1);
    isLeft[MISSING_BIN] = Number(missingLeft);
  }
  return isLeft;
}

/** Stably moves the rows that go left to the front. @returns the index of the first row that goes right. */
function partition(
  rows: Int32Array,
  start: number,
  end: number,
  column: Uint8Array,
  isLeft: Uint8Array,
  scratch: Int32Array,
): number {
  let left = start;
  let nRight = 0;
  for (let i = start; i < end; i++) {
    if (isLeft[column[rows[i]]] === 1) rows[left++] = rows[i];
    else scratch[nRight++] = rows[i];
  }
  rows.set(scratch.subarray(0, nRight), left);
  return left;
}
