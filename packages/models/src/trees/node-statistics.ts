/** Statistics of tree nodes, computed from the sums of each node, which are stored node by node. */
export interface NodeStatistics {
  /** The number of sums per node. */
  readonly nSums: number;
  /** The number of values per leaf. */
  readonly nValues: number;
  /** The weight of the rows of the node whose sums start at index `node`. */
  weight(sums: Float64Array, node: number): number;
  /** Writes the values of a node as a leaf. */
  writeValues(sums: Float64Array, node: number, values: Float64Array, to: number): void;
  /** The decrease of impurity by a split, times the weight of the node. The sums of the right side follow those of the left one. */
  gain(sums: Float64Array, node: number, left: number): number;
}
