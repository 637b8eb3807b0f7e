import { LEAF_COLUMN } from '../trees/tree-arrays.js';
import type { TreeList } from '../trees/tree-list.js';

/** The offsets of a tree in the nodes, leaves and sets of a list. */
export interface TreeStart {
  readonly start: number;
  readonly leaf: number;
  readonly set: number;
}

/** The nodes of one tree of a list, the root first. */
export interface TreeNodes {
  /** The feature of each node, or the one it is computed from; -1 for a leaf. */
  readonly features: Int32Array;
  /** The left child of each node; the right one is the next. */
  readonly lefts: Int32Array;
  readonly parents: Int32Array;
  /** The set of each node that splits a category column, and the number of each leaf, in the list. */
  readonly numbers: Int32Array;
  /** The weight of the training rows in each node. */
  readonly covers: Float64Array;
}

export function treeNodes(list: TreeList, nNodes: number, at: TreeStart): TreeNodes {
  const { columns, leafWeights } = list.arrays;
  const { nFeatures, isCategory = () => false, sources } = list.shape;
  const features = new Int32Array(nNodes).fill(-1);
  const lefts = new Int32Array(nNodes);
  const parents = new Int32Array(nNodes);
  const numbers = new Int32Array(nNodes);
  const covers = new Float64Array(nNodes);
  let left = 1;
  for (let node = 0, { leaf, set } = at; node < nNodes; node++) {
    const column = columns[at.start + node];
    if (column === LEAF_COLUMN) {
      covers[node] = leafWeights[leaf];
      numbers[node] = leaf++;
      continue;
    }
    const feature = column % nFeatures;
    features[node] = sources?.of(feature) ?? feature;
    if (isCategory(feature)) numbers[node] = set++;
    lefts[node] = left;
    parents[left] = node;
    parents[left + 1] = node;
    left += 2;
  }
  for (let node = nNodes - 1; node > 0; node--) covers[parents[node]] += covers[node];
  return { features, lefts, parents, numbers, covers };
}

/** The offsets of each tree of a list. */
export function startsOf({ arrays, shape }: TreeList): TreeStart[] {
  const { columns, nodesPerTree } = arrays;
  const { nFeatures, isCategory = () => false } = shape;
  let [start, leaf, set] = [0, 0, 0];
  return Array.from(nodesPerTree, (nNodes) => {
    const first = { start, leaf, set };
    for (const end = start + nNodes; start < end; start++) {
      if (columns[start] === LEAF_COLUMN) leaf++;
      else if (isCategory(columns[start] % nFeatures)) set++;
    }
    return first;
  });
}
