// AssemblyScript. Grows trees.

import { drawGradients, drawRows, drawTreeFeatures } from './drawing';
import { growLeafWise } from './grow-leaf-wise';
import { growSymmetric } from './grow-symmetric';
import { addValues } from './leaf-values';
import { isSymmetric } from './memory';
import { clearNodes, nNodes } from './nodes';
import { quantise } from './quantise';
import { openRoot } from './split-leaf';

/** Grows a tree on the gradients of one output, adds its values to the scores of all rows, and returns its number of nodes. */
export function growTree(output: i32): i32 {
  drawTreeFeatures();
  const nDrawn = drawRows();
  const gradient = drawGradients(output, nDrawn);
  const sum = quantise(gradient, nDrawn);
  clearNodes();
  openRoot(nDrawn, sum);
  if (isSymmetric) growSymmetric();
  else growLeafWise();
  addValues(output, nDrawn);
  return nNodes;
}
