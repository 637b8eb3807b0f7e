/** The memory sizes of an engine. */
export interface ShapSizes {
  /** The number of rows explained at a time: a multiple of 16, up to 4096. */
  readonly nRows: number;
  /** The number of arrays of bins. */
  readonly nColumns: number;
  /** The number of arrays of flags. */
  readonly nFlags: number;
  /** The maximum number of edges of a unit. */
  readonly nEdges: number;
  /** The maximum number of nodes of a unit. */
  readonly nNodes: number;
  /** The maximum number of points of an integral. */
  readonly nPoints: number;
  readonly nOutputs: number;
  /** The number of arrays of contributions; those of an output are adjacent. */
  readonly nFound: number;
}

/** The rows, and the unit of a tree that is explained next. */
export interface ShapArrays {
  /** [nColumns][nRows]: the bins of the rows. */
  readonly codes: Uint8Array;
  /** [8]: the bins whose rows go right at the next split by a set, one bit per bin. */
  readonly set: Int32Array;
  /** [nFound][nRows]: the contributions, initially 0. */
  readonly found: Float64Array;
  /** [nEdges]: the flags of each edge. */
  readonly flagsOf: Int32Array;
  /** [nEdges]: the previous edge of the same feature on the path, or -1. */
  readonly before: Int32Array;
  /** [nEdges]: the index of the edge's feature among those of the unit. */
  readonly slots: Int32Array;
  /** [nEdges]: the array that the contributions of each feature of the unit are added to, for the first output. */
  readonly targets: Int32Array;
  /** [nEdges][nPoints]: the factor of the product if the feature is known, and if it is no longer known. */
  readonly stays: Float64Array;
  readonly ceases: Float64Array;
  /** [nEdges]: the factor if the feature was not known before. */
  readonly shares: Float64Array;
  /** [nEdges][nPoints]: the weights of the points if the feature is known, times the change from knowing it. */
  readonly weights: Float64Array;
  /** [nPoints]: the weights if it is not known. */
  readonly otherWeights: Float64Array;
  /** [nNodes]: the left child of each node of the unit, or 0 for a leaf; the right one is the next. */
  readonly lefts: Int32Array;
  /** [nNodes][nOutputs]: the values of each node that is a leaf. */
  readonly values: Float64Array;
}

/** The unit that is explained next. */
export interface UnitSizes {
  /** The number of edges to its first node, one per feature; they are followed by one edge to each other node. */
  readonly onPath: number;
  readonly nodeCount: number;
  readonly pointCount: number;
  /** The number of features of its edges. */
  readonly slotCount: number;
}

/** Explains units of trees, one after another. */
export interface ShapEngine {
  /** Allocates memory, replacing the previous contents. */
  setUp(sizes: ShapSizes): ShapArrays;
  /**
   * Flags the rows that pass a split, among those with the flags `earlier`, or among all for -1.
   *
   * @param bin the last bin that goes left.
   */
  pass(column: number, bin: number, isRight: boolean, earlier: number, to: number): void;
  /** The same for a split by `set`. */
  passBySet(column: number, isRight: boolean, earlier: number, to: number): void;
  /** Adds the contributions of the features to the leaves of the unit. */
  explain(unit: UnitSizes): void;
}
