// AssemblyScript, called by src/boosting/booster.ts. Boosts trees on binned features by the gradient and the curvature of a loss. The
// caller sets the parameters, calls `setUp` and fills the exported arrays. A sum over rows is a vector of two f64, for gradients and
// curvatures.

export {
  nRows,
  nHeldOut,
  nFeatures,
  nOutputs,
  nPlaces,
  maxLeaves,
  nSlots,
  maxDepth,
  minSamplesLeaf,
  minCurvature,
  learningRate,
  l2,
  pathSmoothing,
  isSymmetric,
  isLevelWise,
  isMonotone,
  hasUnweighted,
  nTreeFeatures,
  nNodeFeatures,
  nThreads,
  lossKind,
  lossParameter,
  largestStep,
  subsample,
  temperature,
  noise,
  treeSeed,
  staged,
  STAGED,
  edges,
  offsets,
  isCategory,
  hasMissing,
  monotone,
  groups,
  classes,
  rowWeights,
  amounts,
  levels,
  scores,
  nodes,
  NODE,
  sets,
  setUp,
} from './boosting/memory';
export { findBins } from './boosting/binning';
export { computeGradients, loss } from './boosting/losses';
export {
  NODE_BIN,
  NODE_LEFT,
  NODE_RIGHT,
  NODE_MISSING_LEFT,
  NODE_VALUE,
  NODE_WEIGHT,
} from './boosting/nodes';
export { growTree } from './boosting/grow-tree';
export { mailbox, serve } from './threads';
