import { ChurnError, nextBelow } from '@churn/core';
import type { EnsembleNode, Side } from '@churn/models';
import { below, upTo } from './single-precision.js';

/** A node of an ONNX tree; `whenTrue` and `whenFalse` are node indices. */
export type OnnxTreeNode = OnnxBranch | { readonly values: readonly number[] };

interface OnnxBranch {
  readonly mode: OnnxMode;
  readonly feature: number;
  readonly threshold: number;
  readonly whenTrue: number;
  readonly whenFalse: number;
  /** Whether missing numbers take the true branch. */
  readonly isMissingTrue: boolean;
}

/** The comparison of a number with the threshold. */
export type OnnxMode = 'LEQ' | 'LT' | 'GTE' | 'GT' | 'EQ' | 'NEQ';

/** The precision of comparisons. */
export type Precision = 'single' | 'double';

/** The second comparison of an equality test, after smaller numbers are separated: whether the number is larger. */
interface Upper {
  readonly upperOf: OnnxBranch;
}

/**
 * The nodes of a tree, converted so that every branch sends numbers up to a threshold to the left. An equality test becomes two branches,
 * with two copies of the subtree for unequal numbers.
 *
 * @throws `model-file` if a node is reached twice or missing.
 */
export function ensembleNodes(
  nodes: readonly OnnxTreeNode[],
  root: number,
  precision: Precision,
): EnsembleNode[] {
  const queue: (number | Upper)[] = [root];
  const made: EnsembleNode[] = [];
  const later = (node: number | Upper) => queue.push(node) - 1;
  // Each node occurs once, except below equality tests.
  const most = MAX_GROWTH * nodes.length + 1;
  for (let at = 0; at < queue.length; at++) {
    const next = queue[at];
    if (queue.length > most) {
      throw new ChurnError('model-file', 'a tree has a cycle or too many equality tests');
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
        // A missing number is not equal to any number.
        const equal = { ...node, whenTrue: whenFalse, whenFalse: whenTrue, isMissingTrue: false };
        return numberSplit(node, lessThan, whenTrue, { upperOf: equal }, 'right');
      }
    }
  }
}

/** The maximum factor by which the number of nodes may grow. */
const MAX_GROWTH = 8;

/** The largest double of at most the threshold. */
function upper(threshold: number, precision: Precision): number {
  return finite(precision === 'single' ? upTo(finite(threshold)) : threshold);
}

/** The largest double below the threshold. */
function lower(threshold: number, precision: Precision): number {
  return finite(precision === 'single' ? below(finite(threshold)) : nextBelow(threshold));
}

/** Limits a threshold to the largest double. */
function finite(threshold: number): number {
  if (Number.isNaN(threshold)) throw new ChurnError('model-file', 'expected a number as threshold, got NaN');
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, threshold));
}
