// AssemblyScript. Takes rows down trees one by one.

import {
  leafOfNode,
  leafValues,
  leaves,
  manyRows,
  nodes,
  nOutputs,
  nSets,
  nSums,
  nTrees,
  roots,
  rowCodes,
  stride,
  sums,
} from './memory';
import { childOf, leafAt } from './nodes';

/**
 * Adds up the values of the leaves that each of up to `BLOCK` rows falls into. Of trees with one value a leaf, tree t counts for sum
 * t % nSums.
 */
export function score(nRows: i32): void {
  const n = nSums;
  for (let k = 0; k < n; k++) memory.fill(sums + ((<usize>k * manyRows) << 3), 0, 8 * <usize>nRows);
  if (nRows < 4) {
    for (let row = 0; row < nRows; row++) {
      if (nSets === 0) scoreRow(row, n, false);
      else scoreRow(row, n, true);
    }
    return;
  }
  let output = 0;
  for (let tree = 0; tree < nTrees; tree++) {
    findLeaves(tree, nRows);
    if (nOutputs === 1) {
      addValues(sums + ((<usize>output * manyRows) << 3), leafValues, nRows);
      if (++output === n) output = 0;
    } else {
      for (let k = 0; k < nOutputs; k++) {
        addValues(sums + ((<usize>k * manyRows) << 3), leafValues + ((<usize>k) << 3), nRows);
      }
    }
  }
}

/** Adds up the values of the leaves that one row falls into: four trees are gone down side by side. */
@inline
function scoreRow(row: i32, sumCount: i32, hasSets: bool): void {
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

/** Adds the values of a leaf to a row's sums; returns which sum the next tree counts for. */
@inline
function addOne(at: usize, node: u32, output: i32, sumCount: i32): i32 {
  const values = leafValues + ((<usize>leafAt(leafOfNode, node) * nOutputs) << 3);
  if (nOutputs === 1) {
    const place = at + ((<usize>output * manyRows) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(values));
    return output + 1 === sumCount ? 0 : output + 1;
  }
  for (let k = 0; k < nOutputs; k++) {
    const place = at + ((<usize>k * manyRows) << 3);
    store<f64>(place, load<f64>(place) + load<f64>(values + ((<usize>k) << 3)));
  }
  return 0;
}

function addValues(sum: usize, values: usize, nRows: i32): void {
  const width = (<usize>nOutputs) << 3;
  const leafOf = leaves;
  for (let row: usize = 0; row < <usize>nRows; row++) {
    const at = sum + (row << 3);
    store<f64>(at, load<f64>(at) + load<f64>(values + <usize>load<u32>(leafOf + (row << 2)) * width));
  }
}

/** Finds the leaf of one tree that each of `nRows` rows falls into. */
export function findLeaves(tree: i32, nRows: i32): void {
  const root = load<u32>(roots + ((<usize>tree) << 2));
  // Each call is compiled by itself, the first without what only sets of bins need.
  if (nSets === 0) descend(root, nRows, false);
  else descend(root, nRows, true);
}

@inline
function descend(root: u32, nRows: i32, hasSets: bool): void {
  // Engines do not keep globals in registers through a loop.
  const tree = nodes;
  const leafOf = leafOfNode;
  const width = stride;
  let row = 0;
  let codes = rowCodes;
  let to = leaves;
  // Four rows go down side by side: while one waits for its node, the processor goes on with the others.
  for (; row + 4 <= nRows; row += 4, codes += 4 * width, to += 16) {
    const codesB = codes + width;
    const codesC = codesB + width;
    const codesD = codesC + width;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    for (;;) {
      const nextA = childOf(tree, a, codes, hasSets);
      const nextB = childOf(tree, b, codesB, hasSets);
      const nextC = childOf(tree, c, codesC, hasSets);
      const nextD = childOf(tree, d, codesD, hasSets);
      if (((nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d)) === 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    store<i32>(to, leafAt(leafOf, a));
    store<i32>(to, leafAt(leafOf, b), 4);
    store<i32>(to, leafAt(leafOf, c), 8);
    store<i32>(to, leafAt(leafOf, d), 12);
  }
  for (; row < nRows; row++, codes += width, to += 4) {
    let node = root;
    for (;;) {
      const next = childOf(tree, node, codes, hasSets);
      if (next === node) break;
      node = next;
    }
    store<i32>(to, leafAt(leafOf, node));
  }
}
