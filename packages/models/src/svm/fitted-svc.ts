import {
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FittedClassifier,
  likeliest,
  packArray,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { restoreSigmoid, type SigmoidFit, sigmoidValues } from '../calibration/platt-scaling.js';
import { numericSchema } from '../numeric-schema.js';
import {
  type KernelDecision,
  KernelDecisions,
  type KernelMachine,
  type KernelMachineState,
  machineState,
  restoreDecisions,
  restoreMachine,
} from './kernel-machine.js';
import { pairwiseCoupling } from './pairwise-coupling.js';

/** The parts of a fitted support vector classifier. */
export interface SupportVectors extends KernelMachine {
  readonly classes: readonly ClassLabel[];
  /** The decision for each pair of classes, in the order (0, 1), (0, 2), …, (1, 2), … */
  readonly pairs: readonly SupportPair[];
}

/** The decision between two classes: above 0 for the second. */
export interface SupportPair extends KernelDecision {
  /** Platt's sigmoid, from decisions to probabilities. */
  readonly platt: SigmoidFit;
}

/** The state of a fitted `SVC`, as plain JSON: `SupportVectors` with its numbers packed (`packArray`). */
export type SVCState = KernelMachineState & {
  readonly classes: readonly ClassLabel[];
  readonly pairs: readonly {
    readonly coefficients: string;
    readonly intercept: number;
    readonly platt: SigmoidFit;
  }[];
};

/** A fitted `SVC`. */
export class FittedSVC implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = 'SVC';
  readonly #decisions: KernelDecisions;

  constructor(readonly machine: SupportVectors) {
    this.#decisions = new KernelDecisions(machine, machine.pairs);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedSVC {
    const classes = state.classes('classes');
    const machine = restoreMachine(state);
    const states = state.children('pairs');
    const decisions = restoreDecisions(states, machine);
    const pairs = states.map((pair, k) => ({ ...decisions[k], platt: restoreSigmoid(pair.child('platt')) }));
    const isOneEach = pairs.length === (classes.length * (classes.length - 1)) / 2;
    state.expect(isOneEach, 'pairs', 'one for each two classes');
    return new FittedSVC({ classes, ...machine, pairs });
  }

  get state(): SVCState {
    const { classes, pairs, ...machine } = this.machine;
    return {
      classes,
      ...machineState(machine),
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

  /** With a linear kernel, the weights of the features for each pair of classes; scikit-learn's `coef_`. */
  get linearWeights(): readonly Float64Array[] | undefined {
    return this.#decisions.linearWeights;
  }

  /**
   * The decisions about each row. For two classes, a single array, above 0 for the second class. For more, an array per class: the number
   * of its pairs that it wins, plus a confidence of less than 1, as in scikit-learn's `decision_function_shape='ovr'`.
   */
  decisionFunction(x: Table): Float64Array[] {
    const decisions = this.#decisions.of(x);
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

  /** Platt's sigmoid of the decision; for more than two classes, pairwise coupling of those of the pairs. */
  predictProba(x: Table): ClassProbabilities {
    const { pairs, classes } = this.machine;
    const ofSecond = this.#decisions
      .of(x)
      .map((decisions, pair) => sigmoidValues(pairs[pair].platt, decisions));
    if (ofSecond.length === 1) {
      const [positive] = ofSecond;
      return checkedProbabilities(x, this.features, [positive.map((p) => 1 - p), positive]);
    }
    const probabilities = classes.map(() => new Float64Array(x.nRows));
    const places = pairsOf(classes.length);
    const matrix = classes.map(() => new Array<number>(classes.length).fill(0));
    for (let row = 0; row < x.nRows; row++) {
      places.forEach(([first, second], pair) => {
        // Coupling would divide by 0 if a pair were certain.
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
}

/** The pairs of classes, in the order of their machines. */
function pairsOf(nClasses: number): [first: number, second: number][] {
  return Array.from({ length: nClasses }, (_, first) =>
    Array.from({ length: nClasses - first - 1 }, (_, i): [number, number] => [first, first + 1 + i]),
  ).flat();
}
