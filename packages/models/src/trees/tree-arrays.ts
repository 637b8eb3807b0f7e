/** What stands instead of a column where a node is a leaf. */
export const LEAF_COLUMN = 0xffff;

/** The words that hold a set of bins, a bit a bin. */
export const SET_WORDS = 8;

/**
 * Trees as plain arrays, as a model file holds them. The nodes of a tree stand level by level, each level from left to right, so
 * that the children of the k-th node that has any (from 0) are the nodes 2k + 1 and 2k + 2 of that tree.
 *
 * A node compares the bin of a row in a *column* with its own: up to it the row goes left. There are two columns a feature, j and
 * j + nFeatures, which differ in missing values: by the first these go right, by the second left (see `rowCodes`). A
 * node of a category feature has a set of bins instead: those go right.
 */
export interface TreeArrays {
  /** The column of each node, or `LEAF_COLUMN`. */
  readonly columns: Uint16Array;
  /** The last bin that goes left, 0 if there is none. */
  readonly bins: Uint8Array;
  /** The sets of the nodes that have one, in their order, each as eight words. */
  readonly sets: Int32Array;
  readonly nodesPerTree: Int32Array;
  /** The values of the leaves in their order, those of a leaf side by side. */
  readonly leafValues: Float64Array;
  /** The weight of the training rows in each leaf, in the unit of `weightUnit`. */
  readonly leafWeights: Float32Array;
}

/** What the trees of a list have in common. */
export interface TreeShape {
  readonly nFeatures: number;
  /** How many values a leaf has. */
  readonly nOutputs: number;
  /** How many sums they add up to; where a leaf is constant, tree t counts for sum t % nSums. Default `nOutputs`. */
  readonly nSums?: number;
  /** Whether a feature holds categories. Default: none does. */
  readonly isCategory?: (feature: number) => boolean;
  /** What explanations name in place of features, where several features were made of one: how many, and of which a feature was made. */
  readonly sources?: { readonly count: number; readonly of: (feature: number) => number };
}
