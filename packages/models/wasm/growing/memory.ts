// AssemblyScript. What a tree grows on. All arrays lie in the linear memory one after another: `setUp` gives each its place. The nodes
// come last, since their number is not known before.

import { clear, take } from '../arena';

const N_BINS: i32 = 256;
export const MISSING_BIN: i32 = 255;
export const WORDS: i32 = N_BINS / 32;
export const TABLE_SIZE: i32 = 4096;

// Parameters: the caller sets them before `setUp`.
export let nRows: i32 = 0;
export let nFeatures: i32 = 0;
export let nClasses: i32 = 0;
/** How many bits a class takes. */
export let classBits: i32 = 0;
export let isGini: bool = false;
/** Whether a feature offers one split at random, in place of its best one. */
export let isRandom: bool = false;
export let maxFeatures: i32 = 0;
export let minSamplesSplit: i32 = 0;
export let minSamplesLeaf: i32 = 0;

/** u16[nFeatures][nRows]: the bin of each row, shifted left by `classBits`, and its class. */
export let keys: usize = 0;
/** u8[nFeatures]: whether a feature has missing values. */
export let hasMissing: usize = 0;
/** u8[nRows]: the class of each row. */
export let codes: usize = 0;
/** f64[nRows]: the weight of each row in the tree to be grown. */
export let rowWeights: usize = 0;
/** The nodes, each of `nodeSize` bytes. */
export let nodes: usize = 0;
export let nodeSize: i32 = 0;

// A node: i32 feature, u8 last bin on the left, u8 first bin on the right, u8 whether missing values go left, i32 start and end of
// its rows, u32 seed, and f64 weights, one a class.
export const LAST_LEFT: i32 = 4;
export const FIRST_RIGHT: i32 = 5;
export const MISSING_LEFT: i32 = 6;
export const START: i32 = 8;
export const END: i32 = 12;
export const SEED: i32 = 16;
export const WEIGHTS: i32 = 24;

// The rows in the tree and their weights, those of a node side by side; and room for what goes right while what goes left is moved.
export let rows: usize = 0;
export let weights: usize = 0;
export let heldRows: usize = 0;
export let heldWeights: usize = 0;
/** f64[256 << classBits]. */
export let histogram: usize = 0;
/** i32[256]: how many rows each bin has. */
export let counts: usize = 0;
/** i32[8]: a bit for each bin that has rows. */
export let inUse: usize = 0;
// The bins that a node has rows in, rising: which, with what weight of each class, and with how many rows.
export let bins: usize = 0;
export let binWeights: usize = 0;
export let binRows: usize = 0;
export let leftWeights: usize = 0;
export let rightWeights: usize = 0;
export let scanLeft: usize = 0;
/** f64[256][nClasses]: the weight of each class in the bins beyond each place. */
export let beyondWeights: usize = 0;
/** i32[nFeatures]: the features in the order in which the present node draws them. */
export let order: usize = 0;
/** f64[4096]: x ln x of small whole numbers, which nearly all arguments are. */
export let table: usize = 0;

export function setUp(): void {
  clear();
  keys = take(2 * <usize>nRows * nFeatures);
  hasMissing = take(nFeatures);
  codes = take(nRows);
  rowWeights = take(8 * <usize>nRows);
  rows = take(4 * <usize>nRows);
  weights = take(8 * <usize>nRows);
  heldRows = take(4 * <usize>nRows);
  heldWeights = take(8 * <usize>nRows);
  histogram = take(8 * (<usize>N_BINS << classBits));
  counts = take(4 * N_BINS);
  inUse = take(4 * WORDS);
  bins = take(4 * N_BINS);
  binWeights = take(8 * <usize>N_BINS * nClasses);
  binRows = take(4 * N_BINS);
  leftWeights = take(8 * nClasses);
  rightWeights = take(8 * nClasses);
  scanLeft = take(8 * nClasses);
  beyondWeights = take(8 * <usize>N_BINS * nClasses);
  order = take(4 * nFeatures);
  table = take(8 * TABLE_SIZE);
  for (let x = 1; x < TABLE_SIZE; x++) store<f64>(table + ((<usize>x) << 3), <f64>x * Math.log(<f64>x));
  nodeSize = WEIGHTS + 8 * nClasses;
  nodes = take(0);
}
