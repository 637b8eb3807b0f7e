import type { Table } from '@churn/core';
import { reportedProbabilities } from '../model/decision.js';
import type { TimelessScoringModel } from '../scoring/scoring-model.js';

/** The decision about a row that counterfactuals would alter. */
export interface CurrentDecision {
  /** The predicted class; absent for regression. */
  readonly label?: string;
  /** The second of two classes, whose probability decides. */
  readonly positive?: string;
  /** For two classes the probability of the second, for more that of `label`; for regression the predicted value. */
  readonly prediction: number;
  /** For two classes the threshold, for regression the value to reach; absent for more classes. */
  readonly threshold?: number;
}

/** The decision about a table's only row. @param target for regression, the value to reach. */
export function currentDecision(
  scoring: TimelessScoringModel,
  row: Table,
  target: number | undefined,
): CurrentDecision {
  const predictions = scoring.predict(row);
  if (scoring.task === 'value') {
    return { prediction: predictions[0][0], ...(target !== undefined && { threshold: target }) };
  }
  const { classes, byGroup, threshold = 0.5 } = scoring;
  const [prediction] = reportedProbabilities(predictions);
  const [code] = scoring.decide(predictions, () => row);
  return {
    label: classes[code],
    prediction,
    ...(classes.length === 2 && {
      positive: classes[1],
      threshold: byGroup ? byGroup.thresholdsOf(row)[0] : threshold,
    }),
  };
}
