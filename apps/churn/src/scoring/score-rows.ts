import { isolateFaults, type RowFault, type Table } from '@churn/core';
import type { RowExplanation } from '../explanation/explain-row.js';
import type { AnyExplainer } from '../explanation/explainer.js';
import type { GroupDecidingPipeline, RowDecision } from '../model/decision.js';
import type { RecordedUplift } from '../model/recorded-uplift.js';
import type { AnyScoringModel } from './scoring-model.js';

/** What a model says of the rows of a table that it can work with. */
export interface ScoredRows {
  /** These rows, as their places in the table. */
  readonly rows: Int32Array;
  /** For each of these rows its probability of each class, one array per class, or its value, or what `timesOf` gives. */
  readonly predictions: readonly Float64Array[];
  /** What each of these rows is called, as its place among the classes; nothing where there are none. */
  readonly called?: Int32Array | undefined;
  /** From which probability on each of these rows is called, where that goes by its group. */
  readonly thresholds?: Float64Array | undefined;
  /** By how much the treatment lowers the probability of each of these rows, where the model tells it. */
  readonly uplift?: Float64Array | undefined;
  /** Of each of these rows; none without an explainer. */
  readonly explanations: readonly RowExplanation[];
  /** What is wrong with the others. */
  readonly faults: readonly RowFault[];
}

/** What of a model scores rows. */
export interface Scorer {
  readonly predict: AnyScoringModel['predict'];
  readonly decide?: RowDecision;
  readonly byGroup?: Pick<GroupDecidingPipeline, 'thresholdsOf'> | undefined;
  readonly uplift?: RecordedUplift | undefined;
}

/** Scores, and with an explainer explains, the rows of a table. One that cannot be has a fault, and the others have not. */
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
