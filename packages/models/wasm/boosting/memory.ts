// AssemblyScript. What boosting knows of its rows and of the tree at hand. All arrays lie in the linear memory one after another: `setUp`
// gives each its place.

import { clear, take } from '../arena';

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nHeldOut: i32 = 0;
export let nFeatures: i32 = 0;
export let nOutputs: i32 = 0;
/** How many bins all features have together, with one for missing values each. */
export let nPlaces: i32 = 0;
export let maxLeaves: i32 = 0;
export let maxDepth: i32 = 0;
export let minSamplesLeaf: i32 = 0;
export let learningRate: f64 = 0;
export let l2: f64 = 0;
export let isLevelWise: bool = false;
export let isMonotone: bool = false;

/** u8[nFeatures][nRows + nHeldOut]: the bin of each row, the held-out ones last; a missing value has the number after the last bin. */
export let codes: usize = 0;
/** i32[nFeatures + 1]: where the bins of each feature begin in a histogram. */
export let offsets: usize = 0;
/** u8[nFeatures]: whether a feature holds categories. */
export let isCategory: usize = 0;
/** i8[nFeatures]: 1 where the score may only rise with a feature, -1 where it may only fall, 0 where it is free. */
export let monotone: usize = 0;
/** u8[nRows + nHeldOut]: the class of each row. */
export let classes: usize = 0;
/** f64[nRows + nHeldOut]: the weight of each row. */
export let rowWeights: usize = 0;
/** f64[nOutputs][nRows + nHeldOut]: the raw scores so far. */
export let scores: usize = 0;

/** The nodes of the tree grown last, each of `NODE` bytes. */
export let nodes: usize = 0;
export const NODE: i32 = 64;
/** u32[nodes][8]: for a node of a category, a bit for each bin whose rows go left; bit nBins stands for missing values. */
export let sets: usize = 0;

// (gradient, curvature) of each row in each output, and those of the rows of a leaf in their order.
export let gradients: usize = 0;
export let ordered: usize = 0;
export let rows: usize = 0;
export let heldRows: usize = 0;
// A histogram a leaf: v128[nPlaces], and i32[nPlaces].
export let histograms: usize = 0;
export let histogramCounts: usize = 0;
/** What is known of the leaves while a tree grows, each of `OPEN` bytes. */
export let open: usize = 0;
export const OPEN: i32 = 64;
/** u32[maxLeaves][8]: the best set of each open leaf. */
export let openSets: usize = 0;
// The categories of a node, by their ratio of gradient to curvature.
export let sorted: usize = 0;
export let ratios: usize = 0;

export function setUp(): void {
  const nAll: usize = <usize>nRows + nHeldOut;
  clear();
  codes = take(nAll * nFeatures);
  offsets = take(4 * (<usize>nFeatures + 1));
  isCategory = take(nFeatures);
  monotone = take(nFeatures);
  classes = take(nAll);
  rowWeights = take(8 * nAll);
  scores = take(8 * nAll * nOutputs);
  nodes = take(<usize>NODE * (2 * maxLeaves));
  sets = take(<usize>32 * (2 * maxLeaves));
  gradients = take(16 * <usize>nRows * nOutputs);
  ordered = take(16 * <usize>nRows);
  rows = take(4 * <usize>nRows);
  heldRows = take(4 * <usize>nRows);
  histograms = take(16 * <usize>nPlaces * maxLeaves);
  histogramCounts = take(4 * <usize>nPlaces * maxLeaves);
  open = take(<usize>OPEN * maxLeaves);
  openSets = take(<usize>32 * maxLeaves);
  sorted = take(4 * 256);
  ratios = take(8 * 256);
}
