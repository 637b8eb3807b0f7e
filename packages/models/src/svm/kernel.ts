import { eitherOf, numberParameter, oneOf, type Parameter, pow, type StateReader, square } from '@churn/core';

/** The kernels, measures of the similarity of two rows. */
export type KernelName = 'linear' | 'poly' | 'rbf' | 'sigmoid';

/**
 * A kernel with its parameters: `x·z`, `(gamma x·z + coef0)^degree`, `exp(-gamma |x - z|²)` or `tanh(gamma x·z + coef0)` of rows x and z.
 */
export type Kernel = {
  readonly kernel: KernelName;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
};

export const KERNELS: readonly KernelName[] = ['linear', 'poly', 'rbf', 'sigmoid'];

/** The kernel coefficient: `'scale'` is 1 / (p Var(X)), `'auto'` is 1 / p, with p the number of features. */
export type Gamma = 'scale' | 'auto' | number;

/** Significant digits of a computed gamma. */
const DIGITS = 12;

/** The largest degree: much higher powers would be 0 or infinite. */
export const MAX_DEGREE = 100;

/** @throws `model-file` if the state does not hold a kernel with a degree of at least `least`. */
export function restoreKernel(state: StateReader, least: number): Kernel {
  return {
    kernel: state.oneOf('kernel', KERNELS),
    gamma: state.number('gamma', { above: 0 }),
    degree: state.integer('degree', { from: least, to: MAX_DEGREE }),
    coef0: state.number('coef0'),
  };
}

/**
 * Whether the decision `Σ_i coefficients_i K(x_i, x) + intercept` is finite for all rows whose norm is at most that of the longest support
 * vector.
 *
 * @param squaredNorm the squared norm of that vector.
 */
export function hasFiniteDecisions(
  { kernel, gamma, degree, coef0 }: Kernel,
  squaredNorm: number,
  coefficients: Float64Array,
  intercept: number,
): boolean {
  if (squaredNorm === Infinity) return false;
  const largest = {
    linear: squaredNorm,
    poly: pow(gamma * squaredNorm + Math.abs(coef0), degree),
    rbf: 1,
    sigmoid: 1,
  };
  const size = coefficients.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0);
  return size === 0 || size * largest[kernel] + Math.abs(intercept) < Infinity;
}

export function gammaParameter(): Parameter<Gamma> {
  return eitherOf(oneOf(['scale', 'auto']), numberParameter({ above: 0 }));
}

/** A key that is equal for kernels that are equal functions: it leaves out parameters that a kernel ignores. */
export function kernelKey({ kernel, gamma, degree, coef0 }: Kernel): string {
  const used = { linear: [], rbf: [gamma], sigmoid: [gamma, coef0], poly: [gamma, coef0, degree] };
  return JSON.stringify([kernel, ...used[kernel]]);
}

/** Gamma as a number. If no feature varies, `'scale'` is 1, as in scikit-learn. */
export function gammaOf(gamma: Gamma, columns: readonly Float64Array[]): number {
  if (typeof gamma === 'number') return gamma;
  const variance = gamma === 'auto' ? 1 : varianceOfAll(columns);
  const exact = variance === 0 ? 1 : 1 / (columns.length * variance);
  // On standardised columns 'scale' and 'auto' differ only by rounding; rounded to fewer digits they are equal and fitted once.
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
 * The value to subtract from each column before kernels are computed. It does not change distances, but centred values give them with less
 * rounding error.
 */
export function middlesFor(kernel: KernelName, columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns, (column) =>
    kernel === 'rbf' ? column.reduce((sum, value) => sum + value / column.length, 0) : 0,
  );
}
