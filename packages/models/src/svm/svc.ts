import {
  booleanParameter,
  ChurnError,
  type Classifier,
  classLabels,
  type FitOptions,
  type Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  type SettingsOf,
  type StateReader,
  stratifiedFolds,
  type Table,
  withDefault,
} from '@churn/core';
import { plattScaling, type SigmoidFit } from '../calibration/platt-scaling.js';
import { classWeightParameter, rowWeights } from '../class-weight.js';
import { designMatrix } from '../design-matrix.js';
import { withoutWeightless } from '../weighted-rows.js';
import { FittedSVC } from './fitted-svc.js';
import { type Kernel, kernelKey } from './kernel.js';
import { KernelRows, type Solution } from './machine.js';
import { kernelFor, svmParameters } from './svm-parameters.js';

const parameters = {
  ...svmParameters,
  /**
   * Whether probabilities are calibrated by Platt's sigmoid, fitted to decisions about held-out rows. Default true. If not, `predictProba`
   * returns the sigmoid of the decision, which ranks rows correctly but is not a probability.
   */
  probability: withDefault(booleanParameter(), true),
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
  /** The seed that the held-out rows of the calibration are drawn with. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type SVCOptions = OptionsOf<typeof parameters>;

type Settings = SettingsOf<typeof parameters>;

const PLATT_FOLDS = 5;

/**
 * A support vector classifier with kernels. For more than two classes, it fits a machine for each pair of classes.
 *
 * Solves the dual of `½ |w|² + C Σ max(0, 1 - s_i (w·φ(x_i) + b))`, as libsvm and scikit-learn's `SVC` do, by sequential minimal
 * optimisation. Scale the columns first. `predict` returns the most probable class, in agreement with `predictProba`; scikit-learn's
 * follows the decision, so that the two can disagree.
 *
 * ```ts
 * new SVC({ kernel: 'rbf', C: 10 }).fit(x, churned).predict(x);
 * ```
 */
export class SVC implements Classifier<FittedSVC> {
  readonly role = 'classifier';
  static readonly type = 'SVC';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: Settings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: SVCOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedSVC {
    return FittedSVC.restore(state);
  }

  /** The specification without calibration, which takes five more fits but does not change the order of rows for two classes. */
  forOrder(): SVC {
    if (!this.options.probability) return this;
    return new SVC({ ...this.options, probability: false });
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has missing or infinite values, no columns,
   * values whose kernels overflow, or differs in length from `y`; `column-kind` if it has categories.
   */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedSVC {
    return this.fitMany(x, y, [this], options)[0];
  }

  /** Specifications with the same kernel share its computation, and equivalent ones are fitted once. */
  fitMany(x: Table, y: LabelsLike, specifications: readonly SVC[], options?: FitOptions): FittedSVC[] {
    const given = classLabels(y, x);
    const all = designMatrix(x, x.names);
    if (all.length === 0) throw new ChurnError('invalid-data', 'expected feature columns, got none');
    const {
      columns,
      target: labels,
      options: kept,
    } = withoutWeightless({ columns: all, target: given, options });
    // A class may have had only rows of weight 0.
    classLabels(labels);
    const resolved = specifications.map((specification) => {
      const kernel = kernelFor(specification.options, columns);
      const { cacheSizeMb } = specification.options;
      return {
        specification,
        kernel,
        rowsKey: JSON.stringify([kernelKey(kernel), cacheSizeMb]),
        key: JSON.stringify({ ...specification.options, ...kernel }),
      };
    });
    const fitted = new Map<string, FittedSVC>();
    // One kernel at a time, to hold only one in memory.
    for (const rowsKey of new Set(resolved.map((each) => each.rowsKey))) {
      const group = resolved.filter((each) => each.rowsKey === rowsKey);
      const [first] = group;
      const rows = new KernelRows(columns, first.kernel, first.specification.options.cacheSizeMb);
      for (const { specification, kernel, key } of group) {
        if (fitted.has(key)) continue;
        fitted.set(key, specification.#fit(rows, kernel, columns, x.names, labels, kept));
      }
      rows.release();
    }
    return resolved.map(({ key }) => fitted.get(key) as FittedSVC);
  }

  #fit(
    rows: KernelRows,
    kernel: Kernel,
    columns: readonly Float64Array[],
    features: readonly string[],
    labels: Labels,
    options: FitOptions | undefined,
  ): FittedSVC {
    const { probability, classWeight, seed } = this.options;
    const weights = rowWeights(labels, classWeight, options) ?? new Float64Array(labels.length).fill(1);
    const folds = probability
      ? stratifiedFolds(labels, PLATT_FOLDS, new Random(seed, 'Platt'))
      : new Int32Array(labels.length);
    const nClasses = labels.classes.length;
    const machines: PairMachine[] = [];
    for (let first = 0; first < nClasses; first++) {
      for (let second = first + 1; second < nClasses; second++) {
        machines.push(this.#fitPair(rows, labels, weights, folds, first, second));
      }
    }
    const isSupport = new Uint8Array(labels.length);
    for (const { members, solution } of machines) {
      members.forEach((row, k) => {
        if (solution.coefficients[k] !== 0) isSupport[row] = 1;
      });
    }
    const support = Int32Array.from(isSupport.keys()).filter((row) => isSupport[row] === 1);
    const place = new Map(Array.from(support, (row, i) => [row, i]));
    return new FittedSVC({
      classes: labels.classes,
      features,
      kernel,
      supportVectors: columns.map((column) => Float64Array.from(support, (row) => column[row])),
      nSupport: support.length,
      pairs: machines.map(({ members, solution, platt }) => {
        const coefficients = new Float64Array(support.length);
        members.forEach((row, k) => {
          const i = place.get(row);
          if (i !== undefined) coefficients[i] = solution.coefficients[k];
        });
        return { coefficients, intercept: solution.intercept, platt };
      }),
      iterations: machines.reduce((most, { solution }) => Math.max(most, solution.steps), 0),
      converged: machines.every(({ solution }) => solution.converged),
    });
  }

  /** Fits the machine for a pair of classes; its decision is above 0 for the second. */
  #fitPair(
    rows: KernelRows,
    labels: Labels,
    weights: Float64Array,
    folds: Int32Array,
    first: number,
    second: number,
  ): PairMachine {
    const { C, tolerance, maxIterations, probability, onWarning } = this.options;
    const { codes } = labels;
    const members = Int32Array.from(codes.keys()).filter(
      (row) => codes[row] === first || codes[row] === second,
    );
    const sides = Float64Array.from(members, (row) => (codes[row] === second ? 1 : -1));
    const bounds = Float64Array.from(members, (row) => C * weights[row]);
    const solve = (of: Float64Array) => solveSides(rows, members, sides, of, tolerance, maxIterations);
    const solution = solve(bounds);
    if (!solution.converged) {
      onWarning?.(
        `SVC stopped after ${maxIterations} steps, with a pair of rows that still violates optimality by more than ${tolerance}`,
      );
    }
    if (!probability) return { members, solution, platt: { slope: 1, intercept: 0 } };
    const decisions = new Float64Array(members.length);
    for (let fold = 0; fold < PLATT_FOLDS; fold++) {
      const isHeldOut = (k: number) => folds[members[k]] === fold;
      const apart = solve(bounds.map((bound, k) => (isHeldOut(k) ? 0 : bound)));
      for (let k = 0; k < members.length; k++) if (isHeldOut(k)) decisions[k] = apart.decisions[k];
    }
    const isSecond = sides.map((side) => Number(side > 0));
    const ofMembers = Float64Array.from(members, (row) => weights[row]);
    return { members, solution, platt: plattScaling(decisions, isSecond, ofMembers) };
  }
}

interface PairMachine {
  readonly members: Int32Array;
  readonly solution: Solution;
  readonly platt: SigmoidFit;
}

/** Solves a pair of classes. If one side has no training rows, all decisions are for the other; if neither has, they are 0. */
function solveSides(
  rows: KernelRows,
  members: Int32Array,
  sides: Float64Array,
  bounds: Float64Array,
  tolerance: number,
  maxIterations: number,
): Solution {
  const has = (side: number) => sides.some((value, k) => value === side && bounds[k] > 0);
  const decision = Number(has(1)) - Number(has(-1));
  if (has(1) && has(-1)) return rows.solve({ members, sides, bounds }, tolerance, maxIterations);
  return {
    coefficients: new Float64Array(members.length),
    decisions: new Float64Array(members.length).fill(decision),
    intercept: decision,
    objective: 0,
    steps: 0,
    converged: true,
  };
}
