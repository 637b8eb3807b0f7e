import {
  callback,
  integerParameter,
  numberParameter,
  oneOf,
  type SettingsOf,
  withDefault,
  withGrid,
} from '@churn/core';
import { gammaOf, gammaParameter, KERNELS, type Kernel, MOST_DEGREE } from './kernel.js';

/** What decides how a support vector machine learns, whatever it decides. */
export const svmParameters = {
  /** The inverse of the strength of the penalty, above 0. Default 1. */
  C: withGrid(withDefault(numberParameter({ above: 0 }), 1), [1, 10]),
  /** How alike rows are: `'linear'`, `'poly'`, `'rbf'` (default) or `'sigmoid'`. */
  kernel: withDefault(oneOf(KERNELS), 'rbf'),
  /** The width of the kernel: `'scale'` (default) is 1 / (p Var(X)), `'auto'` is 1 / p for p features. */
  gamma: withDefault(gammaParameter(), 'scale'),
  /** The degree of the polynomial kernel, an integer from 1 to 100. Default 3. */
  degree: withDefault(integerParameter({ from: 1, to: MOST_DEGREE }), 3),
  /** What the polynomial and the sigmoid kernel add. Default 0. */
  coef0: withDefault(numberParameter(), 0),
  /** By how much a pair of rows may violate optimality at the end, above 0. Default 1e-3. */
  tolerance: withDefault(numberParameter({ above: 0 }), 1e-3),
  /** The maximum number of steps of each machine, at least 1. Default ten million. */
  maxIterations: withDefault(integerParameter({ from: 1, to: 2 ** 31 - 1 }), 10_000_000),
  /** How much memory the kernels kept between steps may take, in MiB, above 0. Default 300. */
  cacheSizeMb: withDefault(numberParameter({ above: 0 }), 300),
  /** Is told, in a sentence, where a fit stopped before it converged. */
  onWarning: callback<(message: string) => void>(),
};

type Settings = SettingsOf<typeof svmParameters>;

/** The kernel with all its numbers, for rows to be learned from. */
export function kernelFor(
  { kernel, gamma, degree, coef0 }: Pick<Settings, 'kernel' | 'gamma' | 'degree' | 'coef0'>,
  columns: readonly Float64Array[],
): Kernel {
  return { kernel, gamma: gammaOf(gamma, columns), degree, coef0 };
}
