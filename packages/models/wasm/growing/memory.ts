// AssemblyScript. The state of growing trees. `setUp` allocates all arrays in the linear memory, with the nodes last, since their number is
// unknown.

import { clear, take, takeBack } from '../arena';
import { setUpThreads } from '../threads';

export const GINI: i32 = 0;
export const ENTROPY: i32 = 1;
export const SQUARED_ERROR: i32 = 2;
export const POISSON: i32 = 3;

export const N_BINS: i32 = 256;
export const MISSING_BIN: i32 = 255;
export const TABLE_SIZE: i32 = 4096;

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nFeatures: i32 = 0;
/** The number of sums per node: the weight of each class; or, in regression, the weight, and the target values times weights. */
export let nSums: i32 = 0;
/** The impurity that splits reduce: `GINI`, `ENTROPY`, `SQUARED_ERROR` or `POISSON`. */
export let criterion: i32 = 0;
/** Whether a feature contributes a random split instead of its best one. */
export let isRandom: bool = false;
export let maxFeatures: i32 = 0;
export let minSamplesSplit: i32 = 0;
export let minSamplesLeaf: i32 = 0;
/** The number of trees grown at a time, and the maximum number of threads. */
export let nSlots: i32 = 1;

/** u8[nFeatures][nRows]: the bin of each row. */
export let codes: usize = 0;
/** u8[nFeatures]: whether a feature has missing values. */
export let hasMissing: usize = 0;
/** u8[nRows]: the class of each row, in classification. */
export let classes: usize = 0;
/** f64[nRows]: the target value of each row, an integer, in regression. */
export let amounts: usize = 0;
/** f64[nSlots][nRows]: the weight of each row in each tree. */
export let slotWeights: usize = 0;
/** u32[nSlots]: the seed of each tree. */
export let seeds: usize = 0;
/** u32[nSlots][4]: the state of the generator that draws its rows; 0 for all rows. */
export let drawsBy: usize = 0;
/** i32[nSlots]: the maximum depth of each tree. */
export let depths: usize = 0;
/** i32[nSlots]: the number of nodes of each tree. */
export let sizes: usize = 0;
/** The nodes of all trees, `slotSize` bytes per tree; a single tree is unlimited. */
export let slotNodes: usize = 0;
export let slotSize: usize = 0;
/** The weights and the nodes, `nodeSize` bytes each, of the current tree. */
export let rowWeights: usize = 0;
export let nodes: usize = 0;
export let nodeSize: i32 = 0;

// A node: i32 feature, u8 last bin on the left, u8 first bin on the right, u8 whether missing values go left, i32 start and end of its
// rows, u32 seed, i32 left child, which the right one follows, i32 a link (to the node to be split next; later, to the node at its position
// in level order), i32 depth, and f64 sums; for counted target values, a cell while the tree grows.
export const LAST_LEFT: i32 = 4;
export const FIRST_RIGHT: i32 = 5;
export const MISSING_LEFT: i32 = 6;
export const START: i32 = 8;
export const END: i32 = 12;
export const SEED: i32 = 16;
export const LEFT: i32 = 20;
export const LINK: i32 = 24;
export const DEPTH: i32 = 28;
export const SUMS: i32 = 32;

// A row in the tree: u32 index, u32 offset of its class in an array of f64, f64 weight. If rows are counted, u32 weight in the first class
// and u32 weight in the second replace the f64 weight. In regression: u32 index, u32 index among all rows, f64 weight. If counted: u32
// index, u32 weight, i64 target value times weight.
export const ROW_BITS: usize = 4;
export const CLASS: usize = 4;
export const NUMBER: usize = 4;
export const WEIGHT: usize = 8;

/** The maximum number of gathered rows, and of the bytes of their bins, which must fit into the cache. */
const MAX_NEAR: i32 = 4096;
const MAX_NEAR_BYTES: i32 = 1 << 18;

/** The rows of the tree, contiguous per node; and a buffer for rows that go right during partitioning. */
export let rows: usize = 0;
export let heldRows: usize = 0;
/** The maximum number of gathered rows; 0 if gathering does not pay. */
export let maxNear: i32 = 0;
/** u8[nFeatures][maxNear]: the bins of the rows of a small node, contiguous for its descendants. */
export let nearCodes: usize = 0;
/** Whether weights are counts: integers that add up to less than 2^32, in regression or with two classes. */
export let areCounted: bool = false;
/** Two of f64[256][nSums]; if rows are counted, of u32[256][2], or of 256 cells. */
export let histogram: usize = 0;
/** The size of a histogram in bytes. */
export let histogramSize: usize = 0;
/** i32[256]: the number of rows in each bin. */
export let counts: usize = 0;
/** u8[2][256]: 255 for each bin of a histogram that has rows, else 0. */
export let inUse: usize = 0;
// The bins in which a node has rows, rising: their number, the weight of each class, and the number of rows.
export let bins: usize = 0;
export let binWeights: usize = 0;
export let binRows: usize = 0;
export let leftWeights: usize = 0;
export let rightWeights: usize = 0;
export let scanLeft: usize = 0;
/** f64[256][nSums]: the weight of each class in the bins after each position. */
export let beyondWeights: usize = 0;
/** i32[nFeatures]: the features in the order in which the current node draws them. */
export let order: usize = 0;
/** f64[4096]: x ln x of small integers, which nearly all arguments are. */
export let table: usize = 0;

/** The working memory of each thread, from `rows` to `order`. */
let firstScratch: usize = 0;
let scratchSize: usize = 0;

@inline
export function areAmounts(): bool {
  return criterion >= SQUARED_ERROR;
}

/** The maximum size of the nodes of a tree in bytes. */
function maxNodeBytes(): usize {
  return 2 * <usize>(nRows / max(1, minSamplesLeaf) + 1) * nodeSize;
}

export function setUp(): void {
  clear();
  setUpThreads();
  nodeSize = SUMS + 8 * nSums;
  codes = take(<usize>nRows * nFeatures);
  hasMissing = take(nFeatures);
  classes = take(areAmounts() ? 0 : nRows);
  amounts = take(areAmounts() ? 8 * <usize>nRows : 0);
  table = take(8 * TABLE_SIZE);
  slotWeights = take(8 * <usize>nRows * nSlots);
  seeds = take(4 * nSlots);
  drawsBy = take(16 * nSlots);
  depths = take(4 * nSlots);
  sizes = take(4 * nSlots);
  firstScratch = take(0);
  takeScratch();
  scratchSize = take(0) - firstScratch;
  take(scratchSize * (nSlots - 1));
  slotSize = nSlots > 1 ? (maxNodeBytes() + 63) & ~63 : 0;
  slotNodes = take(slotSize * nSlots);
}

/** Prepares the data that all threads read. */
export function prepare(): void {
  for (let x = 1; x < TABLE_SIZE; x++) store<f64>(table + ((<usize>x) << 3), <f64>x * Math.log(<f64>x));
}

function takeScratch(): void {
  rows = take(<usize>nRows << ROW_BITS);
  heldRows = take(<usize>nRows << ROW_BITS);
  // Gathering copies all features of a row, of which each node below considers a few.
  maxNear = nFeatures <= 8 * maxFeatures ? min(MAX_NEAR, MAX_NEAR_BYTES / nFeatures) : 0;
  nearCodes = take(<usize>maxNear * nFeatures);
  histogramSize = 8 * <usize>N_BINS * nSums;
  histogram = take(2 * histogramSize);
  counts = take(4 * N_BINS);
  inUse = take(2 * N_BINS);
  bins = take(4 * N_BINS);
  binWeights = take(8 * <usize>N_BINS * nSums);
  binRows = take(4 * N_BINS);
  leftWeights = take(8 * nSums);
  rightWeights = take(8 * nSums);
  scanLeft = take(8 * nSums);
  beyondWeights = take(8 * <usize>N_BINS * nSums);
  order = take(4 * nFeatures);
}

/** Selects the working memory of a thread. */
export function useScratch(thread: i32): void {
  const end = takeBack(firstScratch + scratchSize * thread);
  takeScratch();
  takeBack(end);
}

/** Selects the current tree. */
export function useSlot(slot: i32): void {
  rowWeights = slotWeights + 8 * <usize>nRows * slot;
  nodes = slotNodes + slotSize * slot;
}

/** Replaces the weights of the current tree. */
export function useWeights(weights: usize): void {
  rowWeights = weights;
}

export function setCounted(are: bool): void {
  areCounted = are;
}
