export interface ShapSizes {
  readonly nNodes: number;
  /** How many points the integral is taken at, an even number. */
  readonly nPoints: number;
  readonly nFeatures: number;
  readonly nOutputs: number;
}

/** What an engine needs to know of a tree, and what it finds. */
export interface ShapArrays {
  /** [nNodes]: the feature of each node, or -1 for a leaf. */
  readonly features: Int32Array;
  /** [nNodes]: the left child of each node; the right one is the next. */
  readonly lefts: Int32Array;
  /** [nNodes]: the feature that leads to each node, and the node that the same feature led to before, or 0. */
  readonly edges: Int32Array;
  readonly before: Int32Array;
  /** [nNodes]: the share of the training rows that the feature which leads to a node passes on, over all its splits on the path. */
  readonly unknown: Float64Array;
  /** [nNodes]: whether the present row passes all of these splits. */
  readonly known: Uint8Array;
  /** [nNodes][nOutputs]: the values of each node that is a leaf. */
  readonly values: Float64Array;
  /** [nNodes][nPoints]: what the product is multiplied by where a known feature stays so, and where it ceases to be. */
  readonly stays: Float64Array;
  readonly ceases: Float64Array;
  /** [nNodes][nPoints]: the weights by the factor of a known feature. */
  readonly weights: Float64Array;
  /** [nPoints]: the weights by 1 - t. */
  readonly otherWeights: Float64Array;
  /** [nOutputs][nFeatures]: what was found. */
  readonly found: Float64Array;
}

/** Where trees are explained, one after the other. */
export interface ShapEngine {
  /** Makes room for a tree, in place of the one before. */
  setUp(sizes: ShapSizes): ShapArrays;
  /** Finds what the features add for the row that `known` tells of. */
  explain(): void;
}
