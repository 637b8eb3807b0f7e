import { ChurnError, nextBelow } from '@churn/core';
import type { EnsembleNode, Side } from '@churn/models';
import { below, upTo } from './single-precision.js';

/** A node of trees of ONNX; `whenTrue` and `whenFalse` are places of nodes. */
export type OnnxTreeNode = OnnxBranch | { readonly values: readonly number[] };

interface OnnxBranch {
  readonly mode: OnnxMode;
  readonly feature: number;
  readonly threshold: number;
  readonly whenTrue: number;
  readonly whenFalse: number;
  /** Whether missing numbers go where the comparison holds. */
  readonly isMissingTrue: boolean;
}

/** How a node compares a number with its threshold. */
export type OnnxMode = 'LEQ' | 'LT' | 'GTE' | 'GT' | 'EQ' | 'NEQ';

/** In what numbers a tree compares. */
export type Precision = 'single' | 'double';

/** What stands for a branch that asks for equality once the smaller numbers have left: whether a number is larger. */
interface Upper {
  readonly upperOf: OnnxBranch;
}

/**
 * The nodes of a tree, in which every branch sends numbers up to a threshold to the left. A branch that asks for equality becomes two,
 * below which the nodes of the unequal numbers stand twice.
 *
 * @throws `model-file` if a node is reached twice, or none is there.
 */
export function ensembleNodes(
  nodes: readonly OnnxTreeNode[],
  root: number,
  precision: Precision,
): EnsembleNode[] {
  const queue: (number | Upper)[] = [root];
  const made: EnsembleNode[] = [];
  const later = (node: number | Upper) => queue.push(node) - 1;
  // A tree has each node once, but for what stands below equalities.
  const most = MOST_TIMES * nodes.length + 1;
  for (let at = 0; at < queue.length; at++) {
    const next = queue[at];
    if (queue.length > most) {
      throw new ChurnError('model-file', 'a tree has nodes in a circle, or too many that ask for equality');
    }
    if (typeof next === 'object') {
      const { threshold, whenTrue, whenFalse, isMissingTrue } = next.upperOf;
      const missing = isMissingTrue ? 'left' : 'right';
      made.push(numberSplit(next.upperOf, upper(threshold, precision), whenTrue, whenFalse, missing));
      continue;
    }
    const node = nodes[next];
    if (node === undefined) throw new ChurnError('model-file', `a tree has no node ${next}`);
    made.push('values' in node ? { kind: 'leaf', values: node.values } : split(node));
  }
  return made;

  function numberSplit(
    { feature }: OnnxBranch,
    threshold: number,
    left: number | Upper,
    right: number | Upper,
    missing: Side,
  ): EnsembleNode {
    return { kind: 'number', feature, threshold, left: later(left), right: later(right), missing };
  }

  function split(node: OnnxBranch): EnsembleNode {
    const { mode, threshold, whenTrue, whenFalse, isMissingTrue } = node;
    const upTo = upper(threshold, precision);
    const lessThan = lower(threshold, precision);
    switch (mode) {
      case 'LEQ':
      case 'LT': {
        const cut = mode === 'LEQ' ? upTo : lessThan;
        return numberSplit(node, cut, whenTrue, whenFalse, isMissingTrue ? 'left' : 'right');
      }
      case 'GT':
      case 'GTE': {
        const cut = mode === 'GT' ? upTo : lessThan;
        return numberSplit(node, cut, whenFalse, whenTrue, isMissingTrue ? 'right' : 'left');
      }
      case 'EQ':
        return numberSplit(node, lessThan, whenFalse, { upperOf: node }, 'right');
      case 'NEQ': {
        // A missing number equals none.
        const equal = { ...node, whenTrue: whenFalse, whenFalse: whenTrue, isMissingTrue: false };
        return numberSplit(node, lessThan, whenTrue, { upperOf: equal }, 'right');
      }
    }
  }
}

/** How many times as many nodes a tree may come to have. */
const MOST_TIMES = 8;

/** The largest number that is at most the threshold. */
function upper(threshold: number, precision: Precision): number {
  return finite(precision === 'single' ? upTo(finite(threshold)) : threshold);
}

/** The largest number below the threshold. */
function lower(threshold: number, precision: Precision): number {
  return finite(precision === 'single' ? below(finite(threshold)) : nextBelow(threshold));
}

/** No number is beyond the largest. */
function finite(threshold: number): number {
  if (Number.isNaN(threshold)) throw new ChurnError('model-file', 'expected a number to split by, got NaN');
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, threshold));
}
