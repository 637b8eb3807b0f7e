import { isolateFaults, type RowFault, type Table } from '@churn/core';
import type { RowExplanation } from '../explanation/explain-row.js';
import type { AnyExplainer } from '../explanation/explainer.js';
import type { GroupDecidingPipeline, RowDecision } from '../model/decision.js';
import type { RecordedUplift } from '../model/recorded-uplift.js';
import type { AnyScoringModel } from './scoring-model.js';

/** The predictions for a table. */
export interface ScoredRows {
  /** The indices of the scored rows in the table. */
  readonly rows: Int32Array;
  /** The predictions for these rows: an array of probabilities per class, an array of values, or the result of `timesOf`. */
  readonly predictions: readonly Float64Array[];
  /** The predicted class of each of these rows, as an index; `undefined` for other tasks. */
  readonly called?: Int32Array | undefined;
  /** The threshold of each of these rows, if thresholds are by group. */
  readonly thresholds?: Float64Array | undefined;
  /** The decrease of each probability by the treatment, if the model predicts it. */
  readonly uplift?: Float64Array | undefined;
  /** The explanation of each of these rows, with an explainer. */
  readonly explanations: readonly RowExplanation[];
  /** The faults of the other rows. */
  readonly faults: readonly RowFault[];
}

/** The parts of a model that score rows. */
export interface Scorer {
  readonly predict: AnyScoringModel['predict'];
  readonly decide?: RowDecision;
  readonly byGroup?: Pick<GroupDecidingPipeline, 'thresholdsOf'> | undefined;
  readonly uplift?: RecordedUplift | undefined;
}

/** Scores the rows of a table, and explains them if there is an explainer. Rows that fail have a fault each. */
export function scoreRows(scoring: Scorer, table: Table, explainer?: AnyExplainer): ScoredRows {
  const { rows, result, faults } = isolateFaults(table, (part) => {
    const predictions = scoring.predict(part);
    const called = scoring.decide?.(predictions, () => part);
    const thresholds = scoring.byGroup?.thresholdsOf(part);
    const uplift = scoring.uplift?.predict(part);
    return {
      predictions,
      called,
      ...(thresholds && { thresholds }),
      ...(uplift && { uplift }),
      explanations: explainer?.(part, predictions) ?? [],
    };
  });
  return { rows, ...result, faults };
}
