// AssemblyScript; src/trees/tree-grower.ts is the side that calls it.
//
// Grows classification trees over binned features. The caller sets the parameters, calls `setUp`, fills `codes`, `hasMissing` and
// `classes` once, and calls `prepare`; `slotWeights`, `seeds`,
// `drawsBy` and `depths` before each few trees.

export {
  nRows,
  nFeatures,
  nClasses,
  isGini,
  isRandom,
  maxFeatures,
  minSamplesSplit,
  minSamplesLeaf,
  codes,
  hasMissing,
  classes,
  nSlots,
  slotWeights,
  seeds,
  drawsBy,
  depths,
  sizes,
  slotNodes,
  slotSize,
  nodeSize,
  WEIGHTS,
  LINK,
  LAST_LEFT,
  FIRST_RIGHT,
  MISSING_LEFT,
  prepare,
  setUp,
} from './growing/memory';
export { mailbox, serve } from './threads';
export { grow } from './growing/grow';
