// AssemblyScript; src/trees/tree-grower.ts is the side that calls it.
//
// Grows classification trees over binned features. The caller sets the parameters, calls `setUp`, fills `keys`, `hasMissing` and `codes`
// once, and `rowWeights` before each tree.

export {
  nRows,
  nFeatures,
  nClasses,
  classBits,
  isGini,
  isRandom,
  maxFeatures,
  minSamplesSplit,
  minSamplesLeaf,
  keys,
  hasMissing,
  codes,
  rowWeights,
  nodes,
  nodeSize,
  WEIGHTS,
  LAST_LEFT,
  FIRST_RIGHT,
  MISSING_LEFT,
  setUp,
} from './growing/memory';
export { grow } from './growing/grow';
