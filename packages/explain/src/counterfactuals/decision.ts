import {
  ChurnError,
  type ClassLabel,
  type FittedClassifier,
  type FittedRegressor,
  likeliestCodes,
  requireParameter,
  type Table,
} from '@churn/core';
import { logOdds } from '../explained-model.js';

/**
 * A fitted or loaded classifier or regressor, or a pipeline that ends in one. Survival models make no decisions.
 */
export type DecidedModel = FittedClassifier | FittedRegressor;

/** A model's decisions on rows. */
export interface Decided {
  /** The index of the predicted class; for a regressor, 1 if the prediction is at least the target value, otherwise 0. */
  readonly codes: Int32Array;
  /** The probability of each class, or the predicted values. */
  readonly outputs: readonly Float64Array[];
}

/** Joins the decisions on successive rows. */
export function joinDecided(parts: readonly Decided[]): Decided {
  const [first] = parts;
  if (parts.length === 1) return first;
  const nRows = parts.reduce((sum, { codes }) => sum + codes.length, 0);
  const codes = new Int32Array(nRows);
  const outputs = first.outputs.map(() => new Float64Array(nRows));
  let start = 0;
  for (const part of parts) {
    codes.set(part.codes, start);
    part.outputs.forEach((values, i) => {
      outputs[i].set(values, start);
    });
    start += part.codes.length;
  }
  return { codes, outputs };
}

export interface DecisionOptions {
  readonly target?: number;
  readonly label?: ClassLabel;
}

/** Turns a model's predictions into decisions, and knows which decisions are desired. */
export class Decision {
  /** The value to reach, or the decision threshold for two classes; `undefined` if the most likely class is predicted. */
  readonly #target: number | undefined;
  /** The index of the class to reach; `undefined` for any other class. */
  readonly #desired: number | undefined;

  /** @throws `invalid-parameter` for a target or label that does not suit the model. */
  constructor(
    readonly model: DecidedModel,
    { target, label }: DecisionOptions,
  ) {
    if (model.role === 'regressor') {
      requireParameter(Number.isFinite(target), 'target', 'the value to reach, a number', target);
      requireParameter(label === undefined, 'label', 'none, since the model is a regressor', label);
      this.#target = target;
      return;
    }
    const { classes } = model;
    if (target !== undefined) {
      if (classes.length > 2) {
        throw new ChurnError(
          'invalid-parameter',
          `target: expected none, since the model has ${classes.length} classes; set label to the class to reach`,
        );
      }
      requireParameter(target > 0 && target < 1, 'target', 'a probability between 0 and 1', target);
    }
    this.#target = target ?? model.threshold;
    if (label !== undefined) {
      const code = classes.indexOf(label);
      requireParameter(code >= 0, 'label', `one of the classes ${classes.map(String).join(', ')}`, label);
      this.#desired = code;
    }
  }

  decide(x: Table): Decided {
    if (this.model.role === 'regressor') {
      const amounts = this.model.predict(x);
      return { outputs: [amounts], codes: this.#sides(amounts) };
    }
    const outputs = this.model.predictProba(x);
    const byTarget = outputs.length === 2 && this.#target !== undefined;
    return { outputs, codes: byTarget ? this.#sides(outputs[1]) : likeliestCodes(outputs) };
  }

  #sides(values: Float64Array): Int32Array {
    return Int32Array.from(values, (value) => Number(value >= (this.#target as number)));
  }

  /** Whether another decision than `from` is desired. */
  isSought(from: number): boolean {
    return from !== this.#desired;
  }

  /** Whether `code` is a desired decision for a row decided as `from`. */
  isReached(code: number, from: number): boolean {
    return this.#desired === undefined ? code !== from : code === this.#desired;
  }

  /** A measure of how close a row is to a desired decision; higher is closer. */
  nearness({ outputs }: Decided, row: number, from: number): number {
    if (outputs.length === 1) return from === 0 ? outputs[0][row] : -outputs[0][row];
    if (outputs.length === 2) return logOdds(outputs[1 - from][row]);
    let [best, rival] = [-Infinity, -Infinity];
    outputs.forEach((column, code) => {
      if (this.isReached(code, from)) best = Math.max(best, column[row]);
      else rival = Math.max(rival, column[row]);
    });
    return logOdds(best) - logOdds(rival);
  }

  /** The class of a code; `undefined` for a regressor. */
  labelOf(code: number): ClassLabel | undefined {
    return this.model.role === 'regressor' ? undefined : this.model.classes[code];
  }

  /** The predicted value; for two classes the probability of the second, for more that of the predicted class. */
  predictionOf({ outputs, codes }: Decided, row: number): number {
    return outputs[outputs.length > 2 ? codes[row] : outputs.length - 1][row];
  }
}
