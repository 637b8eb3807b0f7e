// AssemblyScript; src/svm/machine.ts is the side that calls it.
//
// Kernels between rows, and sequential minimal optimisation over them. The caller sets the parameters, calls `setUp`, fills the rows and
// calls `prepare`; and fills the members of a problem before `solve`.

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
