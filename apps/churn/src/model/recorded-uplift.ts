import {
  type FittedModel,
  FittedPipeline,
  type FittedRegressor,
  type JsonObject,
  type Restorable,
  restorePart,
  StateReader,
  savedPart,
  type Table,
} from '@churn/core';
import type { FoundUplift } from '../uplift/uplift-report.js';

/** The uplift model in a model file, next to the churn model. */
export interface RecordedUplift {
  /** The column of the treatment, and the levels of both arms. */
  readonly treatment: { readonly column: string; readonly control: string; readonly treated: string };
  /** The Qini coefficient on held-out rows, with its interval. */
  readonly qini: { readonly value: number; readonly low: number; readonly high: number };
  /**
   * The decrease of the probability of the second class by the treatment, for each row: above 0 if it retains a customer.
   * @throws as the model does.
   */
  predict(x: Table): Float64Array;
}

/** Whether an uplift model ranks held-out rows significantly better than chance. */
export function isSurelyOrdered({ qini }: Pick<RecordedUplift, 'qini'>): boolean {
  return qini.low > 0;
}

/** The record of an uplift model in that of a churn model; `undefined` without one. */
export function upliftRecord(uplift: FoundUplift | undefined): JsonObject {
  if (!uplift?.found || !uplift.report.model) return {};
  const { treatment, model } = uplift.report;
  return {
    uplift: {
      treatment: { ...treatment },
      learner: model.learner,
      qini: { ...model.qini },
      model: savedPart(uplift.found.model),
    },
  };
}

/**
 * Reads the result of `upliftRecord`.
 *
 * @param classes the classes that it may contain, besides pipelines.
 * @param churn the churn model, which has the same columns.
 * @throws `model-file` if the record is invalid.
 */
export function recordedUplift(
  training: JsonObject,
  classes: readonly Restorable[],
  churn: FittedModel,
): RecordedUplift | undefined {
  const record = new StateReader('training', training);
  if (!record.has('uplift')) return undefined;
  const uplift = record.child('uplift');
  const treatment = uplift.child('treatment');
  const qini = uplift.child('qini');
  const model: FittedRegressor = restorePart(
    uplift.child('model'),
    [...classes, FittedPipeline],
    'regressor',
  );
  const known = new Set(churn.features);
  uplift.expect(
    model.features.every((name) => known.has(name)),
    'model',
    'one of columns that the model of churn reads',
  );
  return {
    treatment: {
      column: treatment.string('column'),
      control: treatment.string('control'),
      treated: treatment.string('treated'),
    },
    qini: { value: qini.number('value'), low: qini.number('low'), high: qini.number('high') },
    // Effects are unbounded, but differences of probabilities are not.
    predict: (x) => model.predict(x).map((each) => Math.max(-1, Math.min(1, each))),
  };
}
