// AssemblyScript. What a tree grows on. All arrays lie in the linear memory one after another: `setUp` gives each its place. The nodes
// come last, since their number is not known before.

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
/** How many numbers a node sums up of its rows: the weight of each class; or, of amounts, the weight, and the amounts times weights. */
export let nSums: i32 = 0;
/** What splits are to lower: `GINI`, `ENTROPY`, `SQUARED_ERROR` or `POISSON`. */
export let criterion: i32 = 0;
/** Whether a feature offers one split at random, in place of its best one. */
export let isRandom: bool = false;
export let maxFeatures: i32 = 0;
export let minSamplesSplit: i32 = 0;
export let minSamplesLeaf: i32 = 0;
/** How many trees grow at a time, and the most threads they grow in. */
export let nSlots: i32 = 1;

/** u8[nFeatures][nRows]: the bin of each row. */
export let codes: usize = 0;
/** u8[nFeatures]: whether a feature has missing values. */
export let hasMissing: usize = 0;
/** u8[nRows]: the class of each row, where there are classes. */
export let classes: usize = 0;
/** f64[nRows]: the amount of each row, a whole number, where there are amounts. */
export let amounts: usize = 0;
/** f64[nSlots][nRows]: the weight of each row in each tree to be grown. */
export let slotWeights: usize = 0;
/** u32[nSlots]: the seed of each. */
export let seeds: usize = 0;
/** u32[nSlots][4]: the state of what its rows are drawn by, 0 where all are taken. */
export let drawsBy: usize = 0;
/** i32[nSlots]: the most splits from its root to a leaf. */
export let depths: usize = 0;
/** i32[nSlots]: how many nodes it has. */
export let sizes: usize = 0;
/** The nodes of all trees, `slotSize` bytes a tree; of a single one there is no end. */
export let slotNodes: usize = 0;
export let slotSize: usize = 0;
/** The weights and the nodes, each of `nodeSize` bytes, of the tree at hand. */
export let rowWeights: usize = 0;
export let nodes: usize = 0;
export let nodeSize: i32 = 0;

// A node: i32 feature, u8 last bin on the left, u8 first bin on the right, u8 whether missing values go left, i32 start and end of
// its rows, u32 seed, i32 left child, next to which is the right one, i32 another node (the one that is to be split after it; then the
// one that stands at its place level by level), i32 depth, and f64 sums; of counted amounts, while the tree grows, a cell.
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

// A row in the tree: u32 number, u32 place of its class among f64s in bytes, f64 weight. Where rows are counted, u32 weight in the first
// class and u32 weight in the second in place of the latter. With amounts: u32 number, u32 number among all rows, f64 weight. Where
// these are counted: u32 number, u32 weight, i64 amount times weight.
export const ROW_BITS: usize = 4;
export const CLASS: usize = 4;
export const NUMBER: usize = 4;
export const WEIGHT: usize = 8;

/** The most rows that are gathered to be near one another, and how many bytes their bins may take: they are to stay in the cache. */
const MOST_NEAR: i32 = 4096;
const MOST_NEAR_BYTES: i32 = 1 << 18;

/** The rows in the tree, those of a node side by side; and room for those that go right while what goes left is moved. */
export let rows: usize = 0;
export let heldRows: usize = 0;
/** How many rows are gathered, 0 where that does not pay. */
export let mostNear: i32 = 0;
/** u8[nFeatures][mostNear]: the bins of the rows of a small node, which its descendants find side by side. */
export let nearCodes: usize = 0;
/** Whether there are amounts, or two classes, and weights are whole numbers that add up to less than 2^32. */
export let areCounted: bool = false;
/** Two of f64[256][nSums]; where rows are counted, of u32[256][2], or of 256 cells of amounts. */
export let histogram: usize = 0;
/** The bytes of a histogram. */
export let histogramSize: usize = 0;
/** i32[256]: how many rows each bin has. */
export let counts: usize = 0;
/** u8[2][256]: 255 for each bin of a histogram that has rows, else 0. */
export let inUse: usize = 0;
// The bins that a node has rows in, rising: which, with what weight of each class, and with how many rows.
export let bins: usize = 0;
export let binWeights: usize = 0;
export let binRows: usize = 0;
export let leftWeights: usize = 0;
export let rightWeights: usize = 0;
export let scanLeft: usize = 0;
/** f64[256][nSums]: the weight of each class in the bins beyond each place. */
export let beyondWeights: usize = 0;
/** i32[nFeatures]: the features in the order in which the present node draws them. */
export let order: usize = 0;
/** f64[4096]: x ln x of small whole numbers, which nearly all arguments are. */
export let table: usize = 0;

/** Where each thread has what it works on, from `rows` to `order`. */
let firstScratch: usize = 0;
let scratchSize: usize = 0;

@inline
export function areAmounts(): bool {
  return criterion >= SQUARED_ERROR;
}

/** The most bytes that the nodes of a tree take. */
function mostNodeBytes(): usize {
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
  slotSize = nSlots > 1 ? (mostNodeBytes() + 63) & ~63 : 0;
  slotNodes = take(slotSize * nSlots);
}

/** Writes down what all threads read. */
export function prepare(): void {
  for (let x = 1; x < TABLE_SIZE; x++) store<f64>(table + ((<usize>x) << 3), <f64>x * Math.log(<f64>x));
}

function takeScratch(): void {
  rows = take(<usize>nRows << ROW_BITS);
  heldRows = take(<usize>nRows << ROW_BITS);
  // Each row is gathered with all its features, of which each node below looks at a few.
  mostNear = nFeatures <= 8 * maxFeatures ? min(MOST_NEAR, MOST_NEAR_BYTES / nFeatures) : 0;
  nearCodes = take(<usize>mostNear * nFeatures);
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

/** Gives a thread what it works on. */
export function useScratch(thread: i32): void {
  const end = takeBack(firstScratch + scratchSize * thread);
  takeScratch();
  takeBack(end);
}

/** Makes a tree the one at hand. */
export function useSlot(slot: i32): void {
  rowWeights = slotWeights + 8 * <usize>nRows * slot;
  nodes = slotNodes + slotSize * slot;
}

/** Makes other weights those of the tree at hand. */
export function useWeights(weights: usize): void {
  rowWeights = weights;
}

export function setCounted(are: bool): void {
  areCounted = are;
}
