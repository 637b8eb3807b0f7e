/** What follows from the sums of the nodes of a tree, which stand one node after the other. */
export interface NodeStatistics {
  /** How many numbers a node sums up of its rows. */
  readonly nSums: number;
  /** How many values a leaf has. */
  readonly nValues: number;
  /** The weight of the rows of a node, whose sums begin at `node`. */
  weight(sums: Float64Array, node: number): number;
  /** Writes the values that a node has as a leaf. */
  writeValues(sums: Float64Array, node: number, values: Float64Array, to: number): void;
  /** By how much a split lowers the impurity, times the weight of the node; the sums of its right side follow those of its left one. */
  gain(sums: Float64Array, node: number, left: number): number;
}
