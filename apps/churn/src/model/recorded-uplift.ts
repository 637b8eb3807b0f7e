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

/** What a model file holds of a treatment, beside the model of churn: whom it keeps. */
export interface RecordedUplift {
  /** The column of the treatment, and the levels of both arms. */
  readonly treatment: { readonly column: string; readonly control: string; readonly treated: string };
  /** How well it ordered rows held out, with the ends of the interval. */
  readonly qini: { readonly value: number; readonly low: number; readonly high: number };
  /**
   * By how much the treatment lowers the probability of the second class of each row: above 0 where it keeps a customer.
   * @throws the errors of the model.
   */
  predict(x: Table): Float64Array;
}

/** Whether a model of uplift orders rows better than chance, as far as the rows held out tell. */
export function isSurelyOrdered({ qini }: Pick<RecordedUplift, 'qini'>): boolean {
  return qini.low > 0;
}

/** What of a model of uplift goes into the record of a model of churn; `undefined` if there is none. */
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
 * Reads what `upliftRecord` wrote.
 *
 * @param classes what may be in it, besides pipelines.
 * @param churn the model of churn, which looks at the same columns.
 * @throws `model-file` if something else stands there.
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
    // Learners of effects know no bounds, and a probability has some.
    predict: (x) => model.predict(x).map((each) => Math.max(-1, Math.min(1, each))),
  };
}
