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
 * A fitted or loaded classifier or regressor, or a pipeline that ends in one. Survival models make no
 * decision.
 */
export type DecidedModel = FittedClassifier | FittedRegressor;

/** What a model decides on each row. */
export interface Decided {
  /** The index of the class among the model's; for a regressor 0 below the target value, and 1 from it on. */
  readonly codes: Int32Array;
  /** The probability of each class, or the predicted values. */
  readonly outputs: readonly Float64Array[];
}

export interface DecisionOptions {
  readonly target?: number;
  readonly label?: ClassLabel;
}

/** How a model's predictions become decisions, and which other decision is sought. */
export class Decision {
  /** Of target values the one to be reached, and of two classes the probability, if they are not decided by the likeliest. */
  readonly #target: number | undefined;
  /** The class to be reached, where only one will do. */
  readonly #wished: number | undefined;

  /** @throws `invalid-parameter` for a target or label that does not go with the model. */
  constructor(
    readonly model: DecidedModel,
    { target, label }: DecisionOptions,
  ) {
    if (model.role === 'regressor') {
      requireParameter(Number.isFinite(target), 'target', 'the amount to be reached, a number', target);
      requireParameter(label === undefined, 'label', 'none, since the model is a regressor', label);
      this.#target = target;
      return;
    }
    const { classes } = model;
    if (target !== undefined) {
      if (classes.length > 2) {
        throw new ChurnError(
          'invalid-parameter',
          `target: expected none, since the model has ${classes.length} classes; label names the one to be reached`,
        );
      }
      requireParameter(target > 0 && target < 1, 'target', 'a probability between 0 and 1', target);
    }
    this.#target = target ?? model.threshold;
    if (label !== undefined) {
      const place = classes.indexOf(label);
      requireParameter(place >= 0, 'label', `one of the classes ${classes.map(String).join(', ')}`, label);
      this.#wished = place;
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

  /** Whether a row that was decided `from` could be decided as it is sought. */
  isSought(from: number): boolean {
    return from !== this.#wished;
  }

  /** Whether `code` is a decision that is sought in place of `from`. */
  isReached(code: number, from: number): boolean {
    return this.#wished === undefined ? code !== from : code === this.#wished;
  }

  /** How near a row is to another decision than `from`: the higher, the nearer. */
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

  /** The class that a code stands for; target values have none. */
  labelOf(code: number): ClassLabel | undefined {
    return this.model.role === 'regressor' ? undefined : this.model.classes[code];
  }

  /** The amount, of two classes the probability of the second, of more that of the class decided for. */
  predictionOf({ outputs, codes }: Decided, row: number): number {
    return outputs[outputs.length > 2 ? codes[row] : outputs.length - 1][row];
  }
}
