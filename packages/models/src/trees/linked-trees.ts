/** Trees whose nodes link to their children, for descending rows. */
export interface LinkedTrees {
  /**
   * Two numbers per node. For a node that compares bins: `column << 8 | bin`, and the offset of its left child in bytes, which the right
   * one follows. For a node with a set of bins: -1 minus the index of the set, and the left child. A leaf is encoded as a comparison that
   * sends every row left, to the leaf itself.
   */
  readonly nodes: Int32Array;
  /** The index of each leaf among the leaves; for a node with a set, its feature. */
  readonly leafOfNode: Int32Array;
  /** The offset of each root in bytes. */
  readonly roots: Int32Array;
}
