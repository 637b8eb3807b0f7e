// AssemblyScript. Steps from node to node.

import { leafOfNode, SET_BYTES, sets } from './memory';

@inline
export function leafAt(leafOf: usize, node: u32): i32 {
  return load<i32>(leafOf + (node >>> 1));
}

/** The child that a row goes to. */
@inline
export function childOf(tree: usize, node: u32, codes: usize, hasSets: bool): u32 {
  const whole = load<u64>(tree + node);
  const split = <i32>whole;
  const left = <u32>(whole >> 32);
  if (hasSets && split < 0) return left + (isInSet(node, split, codes) << 3);
  // The right child is eight bytes further: no branch to mispredict.
  return left + (u32(<i32>load<u8>(codes + (split >>> 8)) > (split & 255)) << 3);
}

function isInSet(node: u32, split: i32, codes: usize): u32 {
  const bin = <u32>load<u8>(codes + leafAt(leafOfNode, node));
  const word = load<u32>(sets + SET_BYTES * (-1 - split) + ((bin >>> 5) << 2));
  return (word >>> (bin & 31)) & 1;
}
