import {
  checkedPredictions,
  type FittedRegressor,
  packArray,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
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

/** The parts of a fitted support vector regressor: its decision is the prediction. */
export interface SupportVectorTube extends KernelMachine, KernelDecision {}

/** The state of a fitted `SVR`, as plain JSON: `SupportVectorTube` with its numbers packed (`packArray`). */
export type SVRState = KernelMachineState & {
  readonly coefficients: string;
  readonly intercept: number;
};

/** A fitted `SVR`. */
export class FittedSVR implements FittedRegressor {
  readonly role = 'regressor';
  readonly type = 'SVR';
  readonly #decisions: KernelDecisions;

  constructor(readonly machine: SupportVectorTube) {
    this.#decisions = new KernelDecisions(machine, [machine]);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedSVR {
    const machine = restoreMachine(state);
    const [decision] = restoreDecisions([state], machine);
    return new FittedSVR({ ...machine, ...decision });
  }

  get state(): SVRState {
    const { coefficients, intercept, ...machine } = this.machine;
    return { ...machineState(machine), coefficients: packArray(coefficients), intercept };
  }

  get features(): readonly string[] {
    return this.machine.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** With a linear kernel, an array whose only element is the weights of the features; scikit-learn's `coef_`. */
  get linearWeights(): readonly Float64Array[] | undefined {
    return this.#decisions.linearWeights;
  }

  /**
   * `Σ coefficients_i K(x_i, x) + intercept` over the support vectors x_i, for each row x.
   * @throws `column-name` or `column-kind` if the columns are not those of training; `invalid-data` for missing and infinite values, and
   * those whose kernels overflow.
   */
  predict(x: Table): Float64Array {
    return checkedPredictions(x, this.features, this.#decisions.of(x)[0]);
  }
}
