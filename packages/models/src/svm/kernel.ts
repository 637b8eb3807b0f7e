import { eitherOf, numberParameter, oneOf, type Parameter, pow, type StateReader, square } from '@churn/core';

/** How alike two rows x and z are. */
export type KernelName = 'linear' | 'poly' | 'rbf' | 'sigmoid';

/** A kernel with all its numbers: `x·z`, `(gamma x·z + coef0)^degree`, `exp(-gamma |x - z|²)` or `tanh(gamma x·z + coef0)`. */
export type Kernel = {
  readonly kernel: KernelName;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
};

/** The kernels. */
export const KERNELS: readonly KernelName[] = ['linear', 'poly', 'rbf', 'sigmoid'];

/** The width of a kernel: `'scale'` is 1 / (p Var(X)), `'auto'` is 1 / p, with p the number of features. */
export type Gamma = 'scale' | 'auto' | number;

/** Significant digits of a gamma that is computed. */
const DIGITS = 12;

/** The largest degree: of much higher powers nothing but 0 and infinity is left. */
export const MOST_DEGREE = 100;

/** @throws `model-file` if the state does not hold a kernel, with a degree from `least`. */
export function restoreKernel(state: StateReader, least: number): Kernel {
  return {
    kernel: state.oneOf('kernel', KERNELS),
    gamma: state.number('gamma', { above: 0 }),
    degree: state.integer('degree', { from: least, to: MOST_DEGREE }),
    coef0: state.number('coef0'),
  };
}

/**
 * Whether the decision `Σ_i coefficients_i K(x_i, x) + intercept` is a number for each row that is no longer than the longest
 * support vector.
 *
 * @param squares what the squares of that vector add up to.
 */
export function hasFiniteDecisions(
  { kernel, gamma, degree, coef0 }: Kernel,
  squares: number,
  coefficients: Float64Array,
  intercept: number,
): boolean {
  if (squares === Infinity) return false;
  const largest = {
    linear: squares,
    poly: pow(gamma * squares + Math.abs(coef0), degree),
    rbf: 1,
    sigmoid: 1,
  };
  const size = coefficients.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0);
  return size === 0 || size * largest[kernel] + Math.abs(intercept) < Infinity;
}

export function gammaParameter(): Parameter<Gamma> {
  return eitherOf(oneOf(['scale', 'auto']), numberParameter({ above: 0 }));
}

/** A text that two kernels share where they give the same for all rows: what a kernel has no use for makes no difference. */
export function kernelKey({ kernel, gamma, degree, coef0 }: Kernel): string {
  const used = { linear: [], rbf: [gamma], sigmoid: [gamma, coef0], poly: [gamma, coef0, degree] };
  return JSON.stringify([kernel, ...used[kernel]]);
}

/** Gamma as a number; with features that do not vary, `'scale'` is 1, as scikit-learn has it. */
export function gammaOf(gamma: Gamma, columns: readonly Float64Array[]): number {
  if (typeof gamma === 'number') return gamma;
  const variance = gamma === 'auto' ? 1 : varianceOfAll(columns);
  const exact = variance === 0 ? 1 : 1 / (columns.length * variance);
  // On standardised columns 'scale' and 'auto' are the same but for rounding: so they are the same, and fitted once.
  return Number(exact.toPrecision(DIGITS));
}

function varianceOfAll(columns: readonly Float64Array[]): number {
  const n = columns.length * columns[0].length;
  let sum = 0;
  for (const column of columns) for (const value of column) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const column of columns) for (const value of column) squares += square(value - mean);
  return squares / n;
}

/**
 * What to take from each column before kernels are computed. Distances are the same from anywhere, and more exact from the middle, where
 * their terms are no larger than they are.
 */
export function middlesFor(kernel: KernelName, columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns, (column) =>
    kernel === 'rbf' ? column.reduce((sum, value) => sum + value / column.length, 0) : 0,
  );
}
