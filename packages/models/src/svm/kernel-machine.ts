import { packArray, type StateReader, square, type Table } from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { combine } from '../linear/loss.js';
import { hasFiniteDecisions, type Kernel, middlesFor, restoreKernel } from './kernel.js';
import { KernelSums } from './kernel-sums.js';
import { linearWeights } from './linear-weights.js';

/** The part that support vector classifiers and regressors share. */
export interface KernelMachine {
  readonly features: readonly string[];
  readonly kernel: Kernel;
  readonly nSupport: number;
  /** The support vectors, one array per feature. */
  readonly supportVectors: readonly Float64Array[];
  /** The largest number of steps that fitting a decision took. */
  readonly iterations: number;
  readonly converged: boolean;
}

/** A decision about a row x: `Σ coefficients_i K(x_i, x) + intercept` over the support vectors x_i. */
export interface KernelDecision {
  /** The dual coefficient of each support vector. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** A `KernelMachine` as plain JSON, with its numbers packed (`packArray`). */
export type KernelMachineState = {
  readonly features: readonly string[];
  readonly kernel: Kernel;
  readonly nSupport: number;
  /** The support vectors, one array per feature. */
  readonly supportVectors: readonly { readonly values: string }[];
  readonly iterations: number;
  readonly converged: boolean;
};

export function machineState({ supportVectors, ...rest }: KernelMachine): KernelMachineState {
  return { ...rest, supportVectors: supportVectors.map((values) => ({ values: packArray(values) })) };
}

/** @throws `model-file` if `state` is not a `KernelMachineState`. */
export function restoreMachine(state: StateReader): KernelMachine {
  const features = state.names('features');
  state.expect(features.length > 0, 'features', 'one or more');
  const kernel = restoreKernel(state.child('kernel'), 1);
  const nSupport = state.integer('nSupport', { from: 0 });
  const supportVectors = state
    .children('supportVectors')
    .map((column) => column.packed('values', Float64Array, { length: nSupport }));
  state.expect(supportVectors.length === features.length, 'supportVectors', 'values of each feature');
  return {
    features,
    kernel,
    nSupport,
    supportVectors,
    iterations: state.integer('iterations', { from: 0 }),
    converged: state.boolean('converged'),
  };
}

/** @throws `model-file` if a state does not fit the machine. */
export function restoreDecisions(
  states: readonly StateReader[],
  { kernel, nSupport, supportVectors }: KernelMachine,
): KernelDecision[] {
  const squares = maxSquares(kernel, supportVectors);
  return states.map((state) => {
    const coefficients = state.packed('coefficients', Float64Array, { length: nSupport });
    const intercept = state.number('intercept');
    const areDeciding = hasFiniteDecisions(kernel, squares, coefficients, intercept);
    state.expect(areDeciding, 'coefficients', 'small enough for decisions to be finite');
    return { coefficients, intercept };
  });
}

/** The largest squared norm of a support vector, after centring as for the kernel. */
function maxSquares({ kernel }: Kernel, supportVectors: readonly Float64Array[]): number {
  const sums = new Float64Array(supportVectors[0].length);
  const middles = middlesFor(kernel, supportVectors);
  supportVectors.forEach((values, j) => {
    for (let i = 0; i < sums.length; i++) sums[i] += square(values[i] - middles[j]);
  });
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

/** Computes decisions about rows. */
export class KernelDecisions {
  #sums: KernelSums | undefined;
  #weights: readonly Float64Array[] | undefined;

  constructor(
    readonly machine: KernelMachine,
    readonly decisions: readonly KernelDecision[],
  ) {}

  /** The weights of the features in each decision; for linear kernels. */
  get linearWeights(): readonly Float64Array[] | undefined {
    const { kernel, supportVectors } = this.machine;
    if (kernel.kernel !== 'linear') return undefined;
    this.#weights ??= this.decisions.map(({ coefficients }) =>
      linearWeights(supportVectors.length, coefficients, (i, j) => supportVectors[j][i]),
    );
    return this.#weights;
  }

  /** @returns an array per decision, with one number per row. */
  of(x: Table): Float64Array[] {
    const { features, kernel, nSupport, supportVectors } = this.machine;
    const columns = designMatrix(x, features);
    if (nSupport === 0) {
      return this.decisions.map(({ intercept }) => new Float64Array(x.nRows).fill(intercept));
    }
    if (this.linearWeights) {
      return this.linearWeights.map((weights, k) =>
        combine(columns, weights, new Float64Array(x.nRows).fill(this.decisions[k].intercept)),
      );
    }
    this.#sums ??= new KernelSums(
      supportVectors,
      kernel,
      this.decisions.map(({ coefficients }) => coefficients),
    );
    const sums = this.#sums.of(columns, x.nRows);
    return sums.map((sum, k) => sum.map((value) => value + this.decisions[k].intercept));
  }
}
