// AssemblyScript; src/trees/tree-grower.ts is the side that calls it.
//
// Grows trees of classes or amounts over binned features. The caller sets the parameters, calls `setUp`, fills `codes`, `hasMissing`, and
// `classes` or `amounts` once, and calls `prepare`; `slotWeights`, `seeds`, `drawsBy` and `depths` before each few trees.

export {
  nRows,
  nFeatures,
  nSums,
  criterion,
  isRandom,
  maxFeatures,
  minSamplesSplit,
  minSamplesLeaf,
  codes,
  hasMissing,
  classes,
  amounts,
  nSlots,
  slotWeights,
  seeds,
  drawsBy,
  depths,
  sizes,
  slotNodes,
  slotSize,
  nodeSize,
  SUMS,
  GINI,
  ENTROPY,
  SQUARED_ERROR,
  POISSON,
  LINK,
  LAST_LEFT,
  FIRST_RIGHT,
  MISSING_LEFT,
  prepare,
  setUp,
} from './growing/memory';
export { mailbox, serve } from './threads';
export { grow } from './growing/grow';
