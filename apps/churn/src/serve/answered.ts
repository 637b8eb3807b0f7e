import type { Prediction } from './prediction.js';
import type { RequestRows } from './read-rows.js';
import type { ServedModel } from './served-model.js';

/** A request for predictions, as it was answered. */
export interface Answered {
  /** Of the request, which its answer tells in the header `x-request-id`. */
  readonly id: string;
  readonly served: ServedModel;
  readonly rows: RequestRows;
  /** One per row. */
  readonly predictions: readonly Prediction[];
}

/** Is told of each answered request for predictions, when its answer is on its way. It may not throw. */
export type Observer = (answered: Answered) => void;
