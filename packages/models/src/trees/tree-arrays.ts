/** The column of a node that is a leaf. */
export const LEAF_COLUMN = 0xffff;

/** The number of words of a set of bins, with one bit per bin. */
export const SET_WORDS = 8;

/**
 * Trees as plain arrays, as in a model file. The nodes of a tree are in level order, so that the children of the k-th inner node (counted
 * from 0) are the nodes 2k + 1 and 2k + 2 of that tree.
 *
 * A node compares the bin of a row in a *column* with its own: rows up to its bin go left. Each feature has two columns, j and j +
 * nFeatures, which differ in missing values: they go right in the first and left in the second (see `rowCodes`). A node of a category
 * feature has a set of bins instead, which go right.
 */
export interface TreeArrays {
  /** The column of each node, or `LEAF_COLUMN`. */
  readonly columns: Uint16Array;
  /** The last bin that goes left; 0 for nodes without one. */
  readonly bins: Uint8Array;
  /** The sets of the nodes that have one, in the order of the nodes, eight words each. */
  readonly sets: Int32Array;
  readonly nodesPerTree: Int32Array;
  /** The values of the leaves, leaf by leaf. */
  readonly leafValues: Float64Array;
  /** The weight of the training rows in each leaf, in the unit of `weightUnit`. */
  readonly leafWeights: Float32Array;
}

/** The properties that all trees of a list share. */
export interface TreeShape {
  readonly nFeatures: number;
  /** The number of values per leaf. */
  readonly nOutputs: number;
  /** The number of sums over trees. If leaves have a single value, tree t adds to sum t % nSums. Default `nOutputs`. */
  readonly nSums?: number;
  /** Whether a feature is a category. Default: none is. */
  readonly isCategory?: (feature: number) => boolean;
  /**
   * The source columns that explanations refer to, if several features are derived from one: their count, and the source of each feature.
   */
  readonly sources?: { readonly count: number; readonly of: (feature: number) => number };
}
