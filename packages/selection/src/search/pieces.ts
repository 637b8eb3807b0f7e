import {
  ChurnError,
  type FitOptions,
  type FittedModel,
  type Model,
  type Table,
  type Target,
} from '@churn/core';
import { type AnyModel, predictionsOf } from '../model.js';
import type { TrainTestSplit } from '../train-test-split.js';
import { partsOf } from './plan.js';
import { PreparedTables } from './prepared-tables.js';

/** The rows that a search learns from and is scored on. */
export interface SearchData {
  readonly x: Table;
  readonly y: Target;
  readonly splits: readonly TrainTestSplit[];
  readonly sampleWeight?: ArrayLike<number>;
  /** The times at which survival is predicted besides the risk, for scorers that read it. */
  readonly times?: readonly number[] | undefined;
}

/** A piece of work: a group of the plan on one fold. Plain data, which can be sent elsewhere. */
export interface Piece {
  readonly fold: number;
  readonly prefix: readonly number[];
  readonly candidates: readonly number[];
}

/** What a candidate predicts for the test rows of a fold, and how long that took. */
export interface Prediction {
  readonly candidate: number;
  /**
   * One array per class of the labels, with a probability a test row; or one array of predicted values or
   * risk scores, then survival at each of the times that were asked for.
   */
  readonly predictions: Float64Array[];
  /** Its share of the time that the piece took to fit, in milliseconds. */
  readonly fitMs: number;
  readonly scoreMs: number;
}

/** Fits the candidates of pieces and lets them predict, remembering what transforms gave as far as memory allows. */
export class PieceRunner {
  readonly #prepared: PreparedTables;

  /** @param build makes a candidate by its number. */
  constructor(
    readonly data: SearchData,
    readonly build: (candidate: number) => AnyModel,
  ) {
    this.#prepared = new PreparedTables(data);
  }

  /**
   * @throws what fitting and predicting throw, with the candidate and the fold before the message; its faults are told by the rows and
   *   columns of the data.
   */
  run({ fold, prefix, candidates }: Piece): Prediction[] {
    const { y, splits, sampleWeight, times } = this.data;
    try {
      const started = performance.now();
      const parts = candidates.map((candidate) => partsOf(this.build(candidate)));
      const { train, test, steps } = this.#prepared.after(parts[0].steps, prefix, fold);
      const rows = splits[fold].train;
      const options = sampleWeight && { sampleWeight: Float64Array.from(rows, (row) => sampleWeight[row]) };
      const models = parts.map(({ model }) => model);
      const fitted = this.#prepared.blamingRows(rows, steps, () =>
        fitTogether(models, train, y.take(rows), options),
      );
      const fitMs = (performance.now() - started) / candidates.length;
      // Candidates that come to the same model may share it; it predicts once.
      const scored = new Map<FittedModel, Omit<Prediction, 'candidate' | 'fitMs'>>();
      return fitted.map((model, i) => {
        const prediction =
          scored.get(model) ??
          this.#prepared.blamingRows(splits[fold].test, steps, () => predictAll(model, test, y, times));
        scored.set(model, prediction);
        return { candidate: candidates[i], fitMs, ...prediction };
      });
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      const which =
        candidates.length > 1 ? `candidates ${candidates.join(', ')}` : `candidate ${candidates[0]}`;
      const { code, message, faults } = error;
      throw new ChurnError(code, `${which}, fold ${fold}: ${message}`, { cause: error, faults });
    }
  }
}

function predictAll(model: FittedModel, test: Table, y: Target, times?: readonly number[]) {
  const started = performance.now();
  const predictions = predictionsOf(model, test, y, times);
  return { predictions, scoreMs: performance.now() - started };
}

function fitTogether(models: readonly Model[], x: Table, y: Target, options?: FitOptions): FittedModel[] {
  const [first] = models;
  return first.fitMany && models.length > 1
    ? first.fitMany(x, y, models, options)
    : models.map((model) => model.fit(x, y, options));
}
