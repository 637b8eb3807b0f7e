import type { TreeArrays } from './tree-arrays.js';

/** Concatenates lists of trees. */
export function joinTrees(lists: readonly TreeArrays[]): TreeArrays {
  return {
    columns: joined(lists, ({ columns }) => columns, Uint16Array),
    bins: joined(lists, ({ bins }) => bins, Uint8Array),
    sets: joined(lists, ({ sets }) => sets, Int32Array),
    nodesPerTree: joined(lists, ({ nodesPerTree }) => nodesPerTree, Int32Array),
    leafValues: joined(lists, ({ leafValues }) => leafValues, Float64Array),
    leafWeights: joined(lists, ({ leafWeights }) => leafWeights, Float32Array),
  };
}

function joined<T extends { readonly length: number; set(from: T, at: number): void }>(
  lists: readonly TreeArrays[],
  part: (list: TreeArrays) => T,
  Type: new (length: number) => T,
): T {
  const parts = lists.map(part);
  const whole = new Type(parts.reduce((length, { length: more }) => length + more, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}
