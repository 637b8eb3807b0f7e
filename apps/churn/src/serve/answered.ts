import type { Prediction } from './prediction.js';
import type { RequestRows } from './read-rows.js';
import type { ServedModel } from './served-model.js';

/** An answered request for predictions. */
export interface Answered {
  /** The ID of the request, also in the header `x-request-id` of the response. */
  readonly id: string;
  readonly served: ServedModel;
  readonly rows: RequestRows;
  /** One per row. */
  readonly predictions: readonly Prediction[];
}

/** Called for each answered request for predictions, after its response. It must not throw. */
export type Observer = (answered: Answered) => void;
