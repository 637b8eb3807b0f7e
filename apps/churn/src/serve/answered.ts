import type { ClassPrediction, Prediction } from './prediction.js';
import type { RequestRows } from './read-rows.js';
import type { ServedClassModel, ServedModel } from './served-model.js';

/** A request for predictions, as it was answered. */
export interface Answered {
  /** Of the request, which its answer tells in the header `x-request-id`. */
  readonly id: string;
  readonly served: ServedModel;
  readonly rows: RequestRows;
  /** One a row. */
  readonly predictions: readonly Prediction[];
}

/** Is told of each answered request for predictions, when its answer is on its way. It may not throw. */
export type Observer = (answered: Answered) => void;

/** What a model of classes answered. */
interface ClassAnswer {
  readonly served: ServedClassModel;
  readonly predictions: readonly ClassPrediction[];
}

/** The same where it is of classes; nothing where it is of values. */
export function classAnswer({
  served,
  predictions,
}: Pick<Answered, 'served' | 'predictions'>): ClassAnswer | undefined {
  // A model of classes answers with nothing else.
  return served.task === 'classes'
    ? { served, predictions: predictions as readonly ClassPrediction[] }
    : undefined;
}
