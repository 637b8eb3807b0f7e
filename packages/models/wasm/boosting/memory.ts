// AssemblyScript. The state of boosting: rows and the current tree. `setUp` allocates all arrays in the linear memory.

import { clear, take } from '../arena';
import { setUpThreads } from '../threads';

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nHeldOut: i32 = 0;
export let nFeatures: i32 = 0;
export let nOutputs: i32 = 0;
/** The total number of bins of all features, including one for missing values each. */
export let nPlaces: i32 = 0;
export let maxLeaves: i32 = 0;
/** The maximum number of leaves with a histogram at a time. */
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
/** Whether there are rows of weight 0. */
export let hasUnweighted: bool = false;
/** The maximum number of threads. */
export let nThreads: i32 = 1;
/** The number of features drawn per tree and per node. */
export let nTreeFeatures: i32 = 0;
export let nNodeFeatures: i32 = 0;
/** The share of the rows drawn per tree, and the temperature of the drawn weights; 0 for no weights. */
export let subsample: f64 = 1;
export let temperature: f64 = 0;
/** The loss, numbered as in `losses.ts`, with its parameter: the variance power, or the size up to which residuals are squared. */
export let lossKind: i32 = 0;
export let lossParameter: f64 = 0;
/** The bound of the Newton step of a leaf, before the learning rate. */
export let largestStep: f64 = Infinity;

// Parameters of the next tree: the caller sets them before each.
/** The standard deviation of the noise added to the scores of splits. */
export let noise: f64 = 0;
export let treeSeed: u32 = 0;

/**
 * u8[ceil(nFeatures / 8)][nRows + nHeldOut][8]: the bin of each row, interleaved for eight features at a time, with the held-out rows last;
 * missing values have the number after the last bin.
 */
export let codes: usize = 0;
/**
 * f64[8][STAGED]: the values of some rows in eight features, to be binned; and f64[8][256]: the edges of these features, padded with
 * infinity.
 */
export let staged: usize = 0;
export const STAGED: i32 = 32_768;
export let edges: usize = 0;
export const EDGES: i32 = 8 * 256;
/** i32[nFeatures + 1]: the offset of the bins of each feature in a histogram. */
export let offsets: usize = 0;
/** u8[nFeatures]: whether a feature is a category, and whether it has missing values. */
export let isCategory: usize = 0;
export let hasMissing: usize = 0;
/** i8[nFeatures]: 1 if the score may only increase with a feature, -1 if it may only decrease, 0 if it is unconstrained. */
export let monotone: usize = 0;
/** u64[nFeatures]: a bit for each interaction group that a feature belongs to. */
export let groups: usize = 0;
/** u8[nRows + nHeldOut]: the class of each row. */
export let classes: usize = 0;
/** f64[nRows + nHeldOut]: the weight of each row. */
export let rowWeights: usize = 0;
/** f64[nRows + nHeldOut]: the target value of each row, in regression. */
export let amounts: usize = 0;
/** f64[nOutputs]: the quantile levels. */
export let levels: usize = 0;
/** f64[nRows] each: residuals and weights of the rows, ordered by leaf; i32[2 * maxLeaves + 1]: the start of each node. */
export let residuals: usize = 0;
export let residualWeights: usize = 0;
export let residualStarts: usize = 0;
/** f64[nOutputs][nRows + nHeldOut]: the raw scores so far. */
export let scores: usize = 0;

/** The nodes of the latest tree, `NODE` bytes each. */
export let nodes: usize = 0;
export const NODE: i32 = 72;
/** u32[nodes][8]: for a node of a category, a bit for each bin whose rows go left; bit nBins is for missing values. */
export let sets: usize = 0;

/** f64[nOutputs][nRows][2]: gradient and curvature of each row in each output; and the same times the weights drawn for a tree. */
export let gradients: usize = 0;
export let drawn: usize = 0;
/** i32[nRows][2]: gradient and curvature of each row as integers, in units of the `f64[2]` at `quanta`. */
export let quantised: usize = 0;
export let quanta: usize = 0;
/** f64[blocks][2], or i32[blocks][4]: the sums of blocks of rows. */
export let blockSums: usize = 0;
/** f64[2 * maxLeaves][2]: the sums of gradients and curvatures of nodes. */
export let nodeSums: usize = 0;
/** The parts of leaves, `PART` bytes each, whose sums are added in order. */
export let leafParts: usize = 0;
export const PART: i32 = 48;
export let rows: usize = 0;
export let heldRows: usize = 0;
export let heldRight: usize = 0;
/** i32[blocks + 1]: the number of rows of each block of a node that go left, then the number before it. */
export let leftCounts: usize = 0;
/** The number of rows that a thread takes at a time. */
export const BLOCK: i32 = 2048;
/** i32[nRows + nHeldOut]: the leaf of each row. */
export let leaves: usize = 0;
/** i32x4[nSlots][nPlaces]: a histogram per leaf, of gradients, curvatures and row counts. */
export let histograms: usize = 0;
/** i32x4[nThreads - 1][nPlaces]: the partial sums of the other threads for the current histogram. */
export let parts: usize = 0;
/**
 * i32x4[FEW] or i32x4[nThreads][PIECE]: gradient, curvature and 1 for each of the few rows of a node, or of the rows that a thread adds,
 * contiguous.
 */
export let ordered: usize = 0;
/** u8[nThreads][PIECE][8]: the bins of these rows in eight features. */
export let gathered: usize = 0;
/** u8[nThreads]: whether a thread took part in building the current histogram. */
export let wasBuilt: usize = 0;
/** Threads share up to this many rows of a node by features, and more by rows. */
export const FEW: i32 = 8192;
/** The number of rows that a thread adds at a time: they and the sums of four features fit into a core's cache. */
export const PIECE: i32 = 1024;
/** The leaves of a growing tree, `OPEN` bytes each, followed by one entry for the split being tried. */
export let open: usize = 0;
export const OPEN: i32 = 64;
/** u32[maxLeaves + 1][8]: the set of bins of the best split of each open leaf. */
export let openSets: usize = 0;
// The categories of a node, by their ratio of gradient to curvature: i32[nThreads][256] and f64[nThreads][256].
export let sorted: usize = 0;
export let ratios: usize = 0;
/** f64[nThreads][2][256]: the scores of a feature's splits of a level, with missing values on the right and on the left. */
export let levelScores: usize = 0;
/** The best split of each feature in up to two leaves, or in a level, `OFFER` bytes each. */
export let offers: usize = 0;
export const OFFER: i32 = 32;
/** u8[2][nFeatures]: whether a feature is considered for the split of a leaf. */
export let competes: usize = 0;
/** i32[8]: the arguments of forked functions: of a histogram, and the two open leaves to be split. */
export let args: usize = 0;
// i32[nFeatures]: the features of the tree, and those of the current node.
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
