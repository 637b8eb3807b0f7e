// AssemblyScript; src/trees/tree-grower.ts is the side that calls it.
//
// Grows classification trees over binned features. The caller sets the parameters, calls `setUp`, fills `codes`, `hasMissing` and
// `classes` once, and `rowWeights` before each tree.

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
  rowWeights,
  nodes,
  nodeSize,
  WEIGHTS,
  LINK,
  LAST_LEFT,
  FIRST_RIGHT,
  MISSING_LEFT,
  setUp,
} from './growing/memory';
export { grow } from './growing/grow';
