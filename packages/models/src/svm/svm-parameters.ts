import {
  callback,
  integerParameter,
  numberParameter,
  oneOf,
  type SettingsOf,
  withDefault,
  withGrid,
} from '@churn/core';
import { gammaOf, gammaParameter, KERNELS, type Kernel, MAX_DEGREE } from './kernel.js';

/** The parameters that `SVC` and `SVR` share. */
export const svmParameters = {
  /** The inverse of the strength of the penalty, above 0. Default 1. */
  C: withGrid(withDefault(numberParameter({ above: 0 }), 1), [1, 10]),
  /** The kernel: `'linear'`, `'poly'`, `'rbf'` (default) or `'sigmoid'`. */
  kernel: withDefault(oneOf(KERNELS), 'rbf'),
  /** The kernel coefficient: `'scale'` (default) is 1 / (p Var(X)), `'auto'` is 1 / p for p features. */
  gamma: withDefault(gammaParameter(), 'scale'),
  /** The degree of the polynomial kernel, an integer from 1 to 100. Default 3. */
  degree: withDefault(integerParameter({ from: 1, to: MAX_DEGREE }), 3),
  /** The constant term of the polynomial and the sigmoid kernel. Default 0. */
  coef0: withDefault(numberParameter(), 0),
  /** The violation of optimality by a pair of rows at which fitting stops, above 0. Default 1e-3. */
  tolerance: withDefault(numberParameter({ above: 0 }), 1e-3),
  /** The maximum number of steps of each machine, at least 1. Default ten million. */
  maxIterations: withDefault(integerParameter({ from: 1, to: 2 ** 31 - 1 }), 10_000_000),
  /** The memory for cached kernel rows, in MiB, above 0. Default 300. */
  cacheSizeMb: withDefault(numberParameter({ above: 0 }), 300),
  /** Called with a sentence if a fit stops before it converges. */
  onWarning: callback<(message: string) => void>(),
};

type Settings = SettingsOf<typeof svmParameters>;

/** The kernel, with gamma computed from the training rows. */
export function kernelFor(
  { kernel, gamma, degree, coef0 }: Pick<Settings, 'kernel' | 'gamma' | 'degree' | 'coef0'>,
  columns: readonly Float64Array[],
): Kernel {
  return { kernel, gamma: gammaOf(gamma, columns), degree, coef0 };
}
