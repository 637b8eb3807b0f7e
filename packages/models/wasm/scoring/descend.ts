// AssemblyScript. Rows descend one tree.

import { leafOfNode, leaves, nodes, nSets, roots, rowCodes, stride } from './memory';
import { childOf, leafAt } from './nodes';

/** Finds the leaf of one tree that each of the rows from `first` to `last` falls into. */
export function findLeaves(tree: i32, first: i32, last: i32): void {
  const root = load<u32>(roots + ((<usize>tree) << 2));
  // Each call is specialised, the first without the code for sets of bins.
  if (nSets === 0) descend(root, first, last, false);
  else descend(root, first, last, true);
}

@inline
function descend(root: u32, first: i32, last: i32, hasSets: bool): void {
  // Engines do not keep globals in registers through a loop.
  const tree = nodes;
  const leafOf = leafOfNode;
  const width = stride;
  let row = first;
  let codes = rowCodes + <usize>first * width;
  let to = leaves + ((<usize>first) << 2);
  // Several rows descend in parallel, so that the processor overlaps their memory accesses.
  for (; row + 8 <= last; row += 8, codes += 8 * width, to += 32) {
    const codesB = codes + width;
    const codesC = codesB + width;
    const codesD = codesC + width;
    const codesE = codesD + width;
    const codesF = codesE + width;
    const codesG = codesF + width;
    const codesH = codesG + width;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    let e = root;
    let f = root;
    let g = root;
    let h = root;
    for (;;) {
      const nextA = childOf(tree, a, codes, hasSets);
      const nextB = childOf(tree, b, codesB, hasSets);
      const nextC = childOf(tree, c, codesC, hasSets);
      const nextD = childOf(tree, d, codesD, hasSets);
      const nextE = childOf(tree, e, codesE, hasSets);
      const nextF = childOf(tree, f, codesF, hasSets);
      const nextG = childOf(tree, g, codesG, hasSets);
      const nextH = childOf(tree, h, codesH, hasSets);
      const movedAtoD = (nextA ^ a) | (nextB ^ b) | (nextC ^ c) | (nextD ^ d);
      if ((movedAtoD | (nextE ^ e) | (nextF ^ f) | (nextG ^ g) | (nextH ^ h)) === 0) break;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
      e = nextE;
      f = nextF;
      g = nextG;
      h = nextH;
    }
    store<i32>(to, leafAt(leafOf, a));
    store<i32>(to, leafAt(leafOf, b), 4);
    store<i32>(to, leafAt(leafOf, c), 8);
    store<i32>(to, leafAt(leafOf, d), 12);
    store<i32>(to, leafAt(leafOf, e), 16);
    store<i32>(to, leafAt(leafOf, f), 20);
    store<i32>(to, leafAt(leafOf, g), 24);
    store<i32>(to, leafAt(leafOf, h), 28);
  }
  for (; row < last; row++, codes += width, to += 4) {
    let node = root;
    for (;;) {
      const next = childOf(tree, node, codes, hasSets);
      if (next === node) break;
      node = next;
    }
    store<i32>(to, leafAt(leafOf, node));
  }
}
