// AssemblyScript. What boosting knows of its rows and of the tree at hand. All arrays lie in the linear memory one after another: `setUp`
// gives each its place.

import { clear, take } from '../arena';
import { setUpThreads } from '../threads';

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nHeldOut: i32 = 0;
export let nFeatures: i32 = 0;
export let nOutputs: i32 = 0;
/** How many bins all features have together, with one for missing values each. */
export let nPlaces: i32 = 0;
export let maxLeaves: i32 = 0;
/** How many leaves have a histogram at a time, at most. */
export let nSlots: i32 = 0;
export let maxDepth: i32 = 0;
export let minSamplesLeaf: i32 = 0;
export let minCurvature: f64 = 0;
export let learningRate: f64 = 0;
export let l2: f64 = 0;
export let pathSmoothing: f64 = 0;
export let isSymmetric: bool = false;
export let isLevelWise: bool = false;
export let isMonotone: bool = false;
/** Whether rows weigh nothing. */
export let hasUnweighted: bool = false;
/** How many threads there are, at most. */
export let nThreads: i32 = 1;
/** How many features a tree, and a node of it, draws. */
export let nTreeFeatures: i32 = 0;
export let nNodeFeatures: i32 = 0;
/** The share of the rows that a tree draws, and the power of the weights that it draws for them; 0 for none. */
export let subsample: f64 = 1;
export let temperature: f64 = 0;
/** What is lowered: a number of `losses.ts`, with the power of the variance or the size up to which residuals are squared. */
export let lossKind: i32 = 0;
export let lossParameter: f64 = 0;
/** Bounds the Newton step of a leaf, before the learning rate. */
export let largestStep: f64 = Infinity;

// Of the tree to be grown: the caller sets them before each.
/** The spread of what is added at random to the scores of splits. */
export let noise: f64 = 0;
export let treeSeed: u32 = 0;

/**
 * u8[ceil(nFeatures / 8)][nRows + nHeldOut][8]: the bin of each row in eight features at a time, the held-out rows last; a missing value
 * has the number after the last bin.
 */
export let codes: usize = 0;
/** f64[8][STAGED]: the values of some rows in eight features, to be put in their bins; and f64[8][256]: the edges of these, then infinite ones. */
export let staged: usize = 0;
export const STAGED: i32 = 32_768;
export let edges: usize = 0;
export const EDGES: i32 = 8 * 256;
/** i32[nFeatures + 1]: where the bins of each feature begin in a histogram. */
export let offsets: usize = 0;
/** u8[nFeatures]: whether a feature holds categories, and whether it has missing values. */
export let isCategory: usize = 0;
export let hasMissing: usize = 0;
/** i8[nFeatures]: 1 where the score may only rise with a feature, -1 where it may only fall, 0 where it is free. */
export let monotone: usize = 0;
/** u64[nFeatures]: a bit for each group of features that may stand on one path. */
export let groups: usize = 0;
/** u8[nRows + nHeldOut]: the class of each row. */
export let classes: usize = 0;
/** f64[nRows + nHeldOut]: the weight of each row. */
export let rowWeights: usize = 0;
/** f64[nRows + nHeldOut]: the amount of each row, where amounts are learned. */
export let amounts: usize = 0;
/** f64[nOutputs]: the levels of quantiles. */
export let levels: usize = 0;
/** f64[nRows] each: residuals and weights of the rows of each leaf; i32[2 * maxLeaves + 1]: where those of a node begin. */
export let residuals: usize = 0;
export let residualWeights: usize = 0;
export let residualStarts: usize = 0;
/** f64[nOutputs][nRows + nHeldOut]: the raw scores so far. */
export let scores: usize = 0;

/** The nodes of the tree grown last, each of `NODE` bytes. */
export let nodes: usize = 0;
export const NODE: i32 = 72;
/** u32[nodes][8]: for a node of a category, a bit for each bin whose rows go left; bit nBins stands for no value values. */
export let sets: usize = 0;

/** f64[nOutputs][nRows][2]: gradient and curvature of each row in each output; and those times what a tree has drawn. */
export let gradients: usize = 0;
export let drawn: usize = 0;
/** i32[nRows][2]: gradient and curvature of each row as whole numbers, of which one is worth `f64[2]` at `quanta`. */
export let quantised: usize = 0;
export let quanta: usize = 0;
/** f64[blocks][2], or i32[blocks][4]: the sums of blocks of rows. */
export let blockSums: usize = 0;
/** f64[2 * maxLeaves][2]: the sums of gradients and curvatures of nodes. */
export let nodeSums: usize = 0;
/** The parts of leaves whose sums are added one after the other, each of `PART` bytes. */
export let leafParts: usize = 0;
export const PART: i32 = 48;
export let rows: usize = 0;
export let heldRows: usize = 0;
export let heldRight: usize = 0;
/** i32[blocks + 1]: how many rows of each block of a node go left, and then how many of those before it. */
export let leftCounts: usize = 0;
/** How many rows a thread takes at a time of all, or of those of a large node. */
export const BLOCK: i32 = 2048;
/** i32[nRows + nHeldOut]: the leaf of each row. */
export let leaves: usize = 0;
/** i32x4[nSlots][nPlaces]: a histogram a leaf, of gradients, curvatures and rows. */
export let histograms: usize = 0;
/** i32x4[nThreads - 1][nPlaces]: what the other threads add to the histogram at hand. */
export let parts: usize = 0;
/** i32x4[FEW] or i32x4[nThreads][PIECE]: gradients, curvatures and 1 of the few rows of a node, or of those that a thread adds, in their order. */
export let ordered: usize = 0;
/** u8[nThreads][PIECE][8]: the bins of those rows in eight features. */
export let gathered: usize = 0;
/** u8[nThreads]: whether a thread took part in building the histogram at hand. */
export let wasBuilt: usize = 0;
/** Up to so many rows of a node threads share by features, and more by rows. */
export const FEW: i32 = 8192;
/** How many rows a thread adds at a time: what they take and the sums of four features stay in the cache next to a core. */
export const PIECE: i32 = 1024;
/** What is known of the leaves while a tree grows, each of `OPEN` bytes; one place more is that of the split being tried. */
export let open: usize = 0;
export const OPEN: i32 = 64;
/** u32[maxLeaves + 1][8]: the best set of each open leaf. */
export let openSets: usize = 0;
// The categories of a node, by their ratio of gradient to curvature: i32[nThreads][256] and f64[nThreads][256].
export let sorted: usize = 0;
export let ratios: usize = 0;
/** f64[nThreads][2][256]: the scores of the splits of a feature in a level, with missing values on the right and on the left. */
export let levelScores: usize = 0;
/** The best split of each feature in up to two leaves, or in a level, each of `OFFER` bytes. */
export let offers: usize = 0;
export const OFFER: i32 = 32;
/** u8[2][nFeatures]: whether a feature competes for the split of a leaf. */
export let competes: usize = 0;
/** i32[8]: what is forked: of a histogram, and the two open leaves to be split. */
export let args: usize = 0;
// i32[nFeatures]: the features that the tree draws from, and those of the node at hand.
export let treeFeatures: usize = 0;
export let nodeFeatures: usize = 0;

export function setUp(): void {
  const nAll: usize = <usize>nRows + nHeldOut;
  const isDrawn = subsample < 1 || temperature > 0;
  clear();
  setUpThreads();
  codes = take(8 * nAll * ((nFeatures + 7) >> 3));
  staged = take(8 * 8 * <usize>STAGED);
  edges = take(8 * EDGES);
  offsets = take(4 * (<usize>nFeatures + 1));
  isCategory = take(nFeatures);
  hasMissing = take(nFeatures);
  monotone = take(nFeatures);
  groups = take(8 * <usize>nFeatures);
  classes = take(nAll);
  rowWeights = take(8 * nAll);
  const hasAmounts = lossKind != 0;
  amounts = take(hasAmounts ? 8 * nAll : 0);
  levels = take(8 * <usize>nOutputs);
  residuals = take(hasAmounts ? 8 * <usize>nRows : 0);
  residualWeights = take(hasAmounts ? 8 * <usize>nRows : 0);
  residualStarts = take(hasAmounts ? 4 * (2 * <usize>maxLeaves + 1) : 0);
  scores = take(8 * nAll * nOutputs);
  nodes = take(<usize>NODE * (2 * maxLeaves));
  sets = take(<usize>32 * (2 * maxLeaves));
  gradients = take(16 * <usize>nRows * nOutputs);
  drawn = take(isDrawn ? 16 * <usize>nRows : 0);
  quantised = take(8 * <usize>nRows);
  quanta = take(16);
  blockSums = take(16 * (<usize>nAll / BLOCK + 1));
  leafParts = take(<usize>PART * (nRows / BLOCK + 1 + maxLeaves));
  nodeSums = take(16 * 2 * <usize>maxLeaves);
  rows = take(4 * <usize>nRows);
  heldRows = take(4 * <usize>nRows);
  heldRight = take(4 * <usize>nRows);
  leftCounts = take(4 * (<usize>nRows / BLOCK + 2));
  leaves = take(4 * nAll);
  histograms = take(16 * <usize>nPlaces * nSlots);
  parts = take(16 * <usize>nPlaces * (nThreads - 1));
  ordered = take(16 * <usize>max(FEW, PIECE * nThreads));
  gathered = take(8 * <usize>PIECE * nThreads);
  wasBuilt = take(nThreads);
  open = take(<usize>OPEN * (maxLeaves + 1));
  openSets = take(<usize>32 * (maxLeaves + 1));
  sorted = take(4 * 256 * <usize>nThreads);
  ratios = take(8 * 256 * <usize>nThreads);
  levelScores = take(2 * 8 * 256 * <usize>nThreads);
  offers = take(2 * <usize>OFFER * nFeatures);
  competes = take(2 * <usize>nFeatures);
  args = take(32);
  treeFeatures = take(4 * <usize>nFeatures);
  nodeFeatures = take(4 * <usize>nFeatures);
}
