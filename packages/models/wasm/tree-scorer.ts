// AssemblyScript, called by src/trees/tree-scorer.ts. Scores rows by fitted trees. The caller sets the parameters, calls `setUp`, fills the
// trees once, and fills `rowCodes` before each block of rows.

export {
  nNodes,
  nTrees,
  nSets,
  nLeaves,
  nOutputs,
  nFeatures,
  nSums,
  blockRows,
  nodes,
  leafOfNode,
  roots,
  sets,
  leafValues,
  rowCodes,
  leaves,
  sums,
  setUp,
} from './scoring/memory';
export { mailbox, serve } from './threads';
export { findLeaves } from './scoring/descend';
export { score } from './scoring/score';
