/** What room an engine makes. */
export interface ShapSizes {
  /** How many rows are explained at a time: a multiple of 16, up to 4096. */
  readonly nRows: number;
  /** How many arrays of bins there are. */
  readonly nColumns: number;
  /** How many arrays of flags there are. */
  readonly nFlags: number;
  /** The most edges of a unit. */
  readonly nEdges: number;
  /** The maximum number of nodes of a unit. */
  readonly nNodes: number;
  /** The maximum number of points that an integral is taken at. */
  readonly nPoints: number;
  readonly nOutputs: number;
  /** How many arrays of contributions there are, those of an output side by side. */
  readonly nFound: number;
}

/** The rows, and the unit of a tree that is explained next. */
export interface ShapArrays {
  /** [nColumns][nRows]: the bins of the rows. */
  readonly codes: Uint8Array;
  /** [8]: the bins whose rows go right at the next split by a set, a bit a bin. */
  readonly set: Int32Array;
  /** [nFound][nRows]: what was found, zeros at first. */
  readonly found: Float64Array;
  /** [nEdges]: the flags of each edge. */
  readonly flagsOf: Int32Array;
  /** [nEdges]: the edge that the same feature led along before, or -1. */
  readonly before: Int32Array;
  /** [nEdges]: which of the features of the unit leads along an edge. */
  readonly slots: Int32Array;
  /** [nEdges]: the array that the contributions of each feature of the unit are added to, for the first output. */
  readonly targets: Int32Array;
  /** [nEdges][nPoints]: what the product is multiplied by where the feature is known, and where it ceases to be. */
  readonly stays: Float64Array;
  readonly ceases: Float64Array;
  /** [nEdges]: what it is multiplied by where the feature was not known before. */
  readonly shares: Float64Array;
  /** [nEdges][nPoints]: the weights of the points where the feature is known, times what knowing it changes. */
  readonly weights: Float64Array;
  /** [nPoints]: those if it is not. */
  readonly otherWeights: Float64Array;
  /** [nNodes]: the left child of each node of the unit, or 0 for a leaf; the right one is the next. */
  readonly lefts: Int32Array;
  /** [nNodes][nOutputs]: the values of each node that is a leaf. */
  readonly values: Float64Array;
}

/** The unit that is explained next. */
export interface UnitSizes {
  /** How many edges lead to its first node, one per feature; an edge to each other node follows. */
  readonly onPath: number;
  readonly nodeCount: number;
  readonly pointCount: number;
  /** How many features lead along its edges. */
  readonly slotCount: number;
}

/** Where units of trees are explained, one after the other. */
export interface ShapEngine {
  /** Makes room, in place of what was there. */
  setUp(sizes: ShapSizes): ShapArrays;
  /**
   * Flags the rows that pass a split, among those with the flags `earlier`, or among all for -1.
   *
   * @param bin the last bin that goes left.
   */
  pass(column: number, bin: number, isRight: boolean, earlier: number, to: number): void;
  /** The same for a split by `set`. */
  passBySet(column: number, isRight: boolean, earlier: number, to: number): void;
  /** Adds what the features contribute to the leaves of the unit. */
  explain(unit: UnitSizes): void;
}
