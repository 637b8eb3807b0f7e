import {
  type ClassLabel,
  checkedProbabilities,
  type FittedClassifier,
  likeliest,
  packArray,
  type StateReader,
  square,
  type Table,
  type TableSchema,
} from '@churn/core';
import { restoreSigmoid, type SigmoidFit, sigmoidValues } from '../calibration/platt-scaling.js';
import { designMatrix } from '../design-matrix.js';
import { combine } from '../linear/loss.js';
import { numericSchema } from '../numeric-schema.js';
import { hasFiniteDecisions, type Kernel, middlesFor, restoreKernel } from './kernel.js';
import { KernelSums } from './kernel-sums.js';
import { linearWeights } from './linear-weights.js';
import { pairwiseCoupling } from './pairwise-coupling.js';

/** What a fitted support vector machine consists of. */
export interface SupportVectors {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  readonly kernel: Kernel;
  readonly nSupport: number;
  /** The rows that decisions depend on, an array a feature. */
  readonly supportVectors: readonly Float64Array[];
  /** For each pair of classes, (0, 1), (0, 2), …, (1, 2), …, how it is told apart: above 0 it is the second. */
  readonly pairs: readonly SupportPair[];
  /** The most steps that a pair took. */
  readonly iterations: number;
  readonly converged: boolean;
}

export interface SupportPair {
  /** The dual coefficient of each support vector, positive for the second class. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  /** What makes a probability of the decision. */
  readonly platt: SigmoidFit;
}

/** What a fitted support vector machine has learned, as plain JSON: `SupportVectors` with its numbers packed (`packArray`). */
export type SVCState = {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  readonly kernel: Kernel;
  readonly nSupport: number;
  /** The support vectors, an array a feature. */
  readonly supportVectors: readonly { readonly values: string }[];
  readonly pairs: readonly {
    readonly coefficients: string;
    readonly intercept: number;
    readonly platt: SigmoidFit;
  }[];
  readonly iterations: number;
  readonly converged: boolean;
};

/** A support vector machine that has learned. */
export class FittedSVC implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = 'SVC';
  #sums: KernelSums | undefined;
  #weights: readonly Float64Array[] | undefined;

  constructor(readonly machine: SupportVectors) {}

  /** @throws `model-file` where `state` is not that of a support vector machine. */
  static restore(state: StateReader): FittedSVC {
    const classes = state.classes('classes');
    const features = state.names('features');
    state.expect(features.length > 0, 'features', 'one or more');
    const kernel = restoreKernel(state.child('kernel'), 1);
    const nSupport = state.integer('nSupport', { from: 0 });
    const supportVectors = state
      .children('supportVectors')
      .map((column) => column.packed('values', Float64Array, { length: nSupport }));
    state.expect(supportVectors.length === features.length, 'supportVectors', 'values of each feature');
    const squares = mostSquares(kernel, supportVectors);
    const pairs = state.children('pairs').map((pair) => {
      const coefficients = pair.packed('coefficients', Float64Array, { length: nSupport });
      const intercept = pair.number('intercept');
      const areDeciding = hasFiniteDecisions(kernel, squares, coefficients, intercept);
      pair.expect(areDeciding, 'coefficients', 'small enough for decisions to be numbers');
      return { coefficients, intercept, platt: restoreSigmoid(pair.child('platt')) };
    });
    const isOneEach = pairs.length === (classes.length * (classes.length - 1)) / 2;
    state.expect(isOneEach, 'pairs', 'one for each two classes');
    return new FittedSVC({
      classes,
      features,
      kernel,
      nSupport,
      supportVectors,
      pairs,
      iterations: state.integer('iterations', { from: 0 }),
      converged: state.boolean('converged'),
    });
  }

  get state(): SVCState {
    const { supportVectors, pairs, ...rest } = this.machine;
    return {
      ...rest,
      supportVectors: supportVectors.map((values) => ({ values: packArray(values) })),
      pairs: pairs.map(({ coefficients, intercept, platt }) => ({
        coefficients: packArray(coefficients),
        intercept,
        platt,
      })),
    };
  }

  get classes(): readonly ClassLabel[] {
    return this.machine.classes;
  }

  get features(): readonly string[] {
    return this.machine.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** For each pair of classes the weights of the features, where the kernel is linear; scikit-learn's `coef_`. */
  get linearWeights(): readonly Float64Array[] | undefined {
    const { kernel, pairs, supportVectors } = this.machine;
    if (kernel.kernel !== 'linear') return undefined;
    this.#weights ??= pairs.map(({ coefficients }) =>
      linearWeights(supportVectors.length, coefficients, (i, j) => supportVectors[j][i]),
    );
    return this.#weights;
  }

  /**
   * The decisions about each row: of two classes one array, above 0 for the second; of more one a class, its votes among the pairs and,
   * below 1, how sure they were, as scikit-learn's `decision_function_shape='ovr'`.
   */
  decisionFunction(x: Table): Float64Array[] {
    const decisions = this.#pairDecisions(x);
    if (decisions.length === 1) return decisions;
    const nClasses = this.classes.length;
    const votes = this.classes.map(() => new Float64Array(x.nRows));
    const sureness = this.classes.map(() => new Float64Array(x.nRows));
    pairsOf(nClasses).forEach(([first, second], pair) => {
      decisions[pair].forEach((decision, row) => {
        votes[decision > 0 ? second : first][row]++;
        sureness[first][row] -= decision;
        sureness[second][row] += decision;
      });
    });
    return votes.map((vote, k) =>
      vote.map((count, row) => count + sureness[k][row] / (3 * (Math.abs(sureness[k][row]) + 1))),
    );
  }

  /** Platt's sigmoid of the decision; of more than two classes the probabilities that fit those of the pairs best. */
  predictProba(x: Table): Float64Array[] {
    const { pairs, classes } = this.machine;
    const ofSecond = this.#pairDecisions(x).map((decisions, pair) =>
      sigmoidValues(pairs[pair].platt, decisions),
    );
    if (ofSecond.length === 1) {
      const [positive] = ofSecond;
      return checkedProbabilities(x, this.features, [positive.map((p) => 1 - p), positive]);
    }
    const probabilities = classes.map(() => new Float64Array(x.nRows));
    const places = pairsOf(classes.length);
    const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
    for (let row = 0; row < x.nRows; row++) {
      places.forEach(([first, second], pair) => {
        // Certainty would leave nothing to divide by.
        const p = Math.min(Math.max(ofSecond[pair][row], 1e-7), 1 - 1e-7);
        matrix[first][second] = 1 - p;
        matrix[second][first] = p;
      });
      pairwiseCoupling(matrix).forEach((p, k) => {
        probabilities[k][row] = p;
      });
    }
    return checkedProbabilities(x, this.features, probabilities);
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  #pairDecisions(x: Table): Float64Array[] {
    const { kernel, nSupport, pairs, supportVectors } = this.machine;
    const columns = designMatrix(x, this.features);
    if (nSupport === 0) return pairs.map(({ intercept }) => new Float64Array(x.nRows).fill(intercept));
    if (this.linearWeights) {
      return this.linearWeights.map((weights, pair) =>
        combine(columns, weights, new Float64Array(x.nRows).fill(pairs[pair].intercept)),
      );
    }
    this.#sums ??= new KernelSums(
      supportVectors,
      kernel,
      pairs.map(({ coefficients }) => coefficients),
    );
    const sums = this.#sums.of(columns, x.nRows);
    return sums.map((sum, pair) => sum.map((value) => value + pairs[pair].intercept));
  }
}

/** The pairs of classes, in the order of their machines. */
function pairsOf(nClasses: number): [first: number, second: number][] {
  return Array.from({ length: nClasses }, (_, first) =>
    Array.from({ length: nClasses - first - 1 }, (_, i): [number, number] => [first, first + 1 + i]),
  ).flat();
}

/** The most that the squares of a support vector add up to, taken from where kernels are computed. */
function mostSquares({ kernel }: Kernel, supportVectors: readonly Float64Array[]): number {
  const sums = new Float64Array(supportVectors[0].length);
  const middles = middlesFor(kernel, supportVectors);
  supportVectors.forEach((values, j) => {
    for (let i = 0; i < sums.length; i++) sums[i] += square(values[i] - middles[j]);
  });
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}
