// AssemblyScript, called by src/svm/machine.ts. Kernels between rows, and sequential minimal optimisation. The caller sets the parameters,
// calls `setUp`, fills the rows and calls `prepare`; then fills the members of each problem and calls `solve`.

export { LINEAR, POLY, RBF, SIGMOID } from './kernels';

export {
  nRows,
  nFeatures,
  kernel,
  gamma,
  coef0,
  degree,
  maxSlots,
  isTwice,
  nPadded,
  rows,
  diagonal,
  members,
  sides,
  costs,
  bounds,
  alphas,
  gradients,
  setUp,
} from './solving/memory';
export { prepare } from './solving/kernel-rows';
export { solve } from './solving/solve';
