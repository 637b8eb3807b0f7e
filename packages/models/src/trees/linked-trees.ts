/** Trees whose nodes know their children, as rows go down them. */
export interface LinkedTrees {
  /**
   * Two numbers a node. For a node that compares a bin, `column << 8 | bin` and the offset of its left child in bytes, next to which
   * is the right one. For a node of a category, -1 - the number of its set, and its left child. A leaf compares so that every row
   * goes to the left, to the leaf itself.
   */
  readonly nodes: Int32Array;
  /** The number of each leaf among the leaves; for a node of a category its feature. */
  readonly leafOfNode: Int32Array;
  /** The offset of each root in bytes. */
  readonly roots: Int32Array;
}
