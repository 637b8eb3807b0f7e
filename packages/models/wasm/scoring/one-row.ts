// AssemblyScript. One row descends all trees.

import { blockRows, leafOfNode, leafValues, nodes, nOutputs, nSets, nSums, nTrees, roots, rowCodes, stride, sums } from './memory';
import { childOf, leafAt } from './nodes';

/** Adds up the values of the leaves that one row falls into. */
export function scoreRow(row: i32): void {
  if (nSets === 0) descend(row, nSums, false);
  else descend(row, nSums, true);
}

/** The row descends four trees in parallel. */
@inline
function descend(row: i32, sumCount: i32, hasSets: bool): void {
  const nodesAt = nodes;
  const codes = rowCodes + <usize>row * stride;
  const at = sums + ((<usize>row) << 3);
  let output = 0;
  let tree = 0;
  for (; tree + 4 <= nTrees; tree += 4) {
    const root = roots + ((<usize>tree) << 2);
    let a = load<u32>(root);
    let b = load<u32>(root, 4);
    let c = load<u32>(root, 8);
    let d = load<u32>(root, 12);
    for (;;) {
      const nextA = childOf(nodesAt, a, codes, hasSets);
      const nextB = childOf(nodesAt, b, codes, hasSets);
      const nextC = childOf(nodesAt, c, codes, hasSets);
      const nextD = childOf(nodesAt, d, codes, hasSets);
      if (((nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d)) === 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    output = addOne(at, a, output, sumCount);
    output = addOne(at, b, output, sumCount);
    output = addOne(at, c, output, sumCount);
    output = addOne(at, d, output, sumCount);
  }
  for (; tree < nTrees; tree++) {
    let node = load<u32>(roots + ((<usize>tree) << 2));
    for (;;) {
      const next = childOf(nodesAt, node, codes, hasSets);
      if (next === node) break;
      node = next;
    }
    output = addOne(at, node, output, sumCount);
  }
}

/** Adds the values of a leaf to a row's sums; returns the sum that the next tree adds to. */
@inline
function addOne(at: usize, node: u32, output: i32, sumCount: i32): i32 {
  const values = leafValues + ((<usize>leafAt(leafOfNode, node) * nOutputs) << 3);
  if (nOutputs === 1) {
    const place = at + ((<usize>output * blockRows) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(values));
    return output + 1 === sumCount ? 0 : output + 1;
  }
  for (let k = 0; k < nOutputs; k++) {
    const place = at + ((<usize>k * blockRows) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(values + ((<usize>k) << 3)));
  }
  return 0;
}
