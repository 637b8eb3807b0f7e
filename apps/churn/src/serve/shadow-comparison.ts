import { ChurnError, type Column, Table } from '@churn/core';
import type { TaskName } from '../config/target.js';
import { monitoredPredictions, predictionNames } from '../monitoring/monitored-predictions.js';
import { scoreRows } from '../scoring/score-rows.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';

/** Answered rows with predictions, as plain data that threads can exchange. */
export interface SentAnswers {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
  readonly task: TaskName;
  /** The classes, or the names of other predictions. */
  readonly names: readonly string[];
  /** An array per name. */
  readonly predictions: readonly Float64Array[];
  /** The predicted class of each row, as an index; empty for other tasks. */
  readonly called: Int32Array;
  /** The unit of differences: 1, or for regression, the standard deviation of predictions on test rows. */
  readonly unit: number;
}

/** The differences of a challenger from the answers. */
export interface ShadowComparison {
  /** The hash of the challenger. */
  readonly hash: string;
  /**
   * For each row that it could score, half the sum of the absolute differences of probabilities, which for two classes is that of the
   * second. For survival, the absolute difference of the probability within the last horizon; for regression, that of values in units of
   * `unit`.
   */
  readonly differences: Float64Array;
  /** The number of these rows with a different predicted class. */
  readonly others: number;
  /** The number of rows that it could not score. */
  readonly failed: number;
  /** The reason for one of them. */
  readonly failure?: string;
}

/** Scores answered rows with a challenger; failures are counted instead of thrown. */
export function compareAnswers(challenger: AnyScoringModel, answers: SentAnswers): ShadowComparison {
  const { columns, nRows, called } = answers;
  const { hash } = challenger;
  try {
    const places = samePredictions(challenger, answers);
    const scored = scoreRows(challenger, Table.fromColumns(columns, nRows));
    const predictions = monitoredPredictions(challenger, scored.predictions);
    const differences = new Float64Array(scored.rows.length);
    const last = places.length - 1;
    const isSummed = challenger.task === 'classes' && places.length > 2;
    let others = 0;
    scored.rows.forEach((row, i) => {
      const difference = (name: number) =>
        Math.abs(predictions[places[name]][i] - answers.predictions[name][row]) / answers.unit;
      // Exactly 0 for equal probabilities of two classes, of which the first was rounded.
      differences[i] = isSummed
        ? places.reduce((sum, _, name) => sum + difference(name), 0) / 2
        : difference(last);
      if (scored.called && scored.called[i] !== places[called[row]]) others++;
    });
    const [fault] = scored.faults;
    return {
      hash,
      differences,
      others,
      failed: scored.faults.length,
      ...(fault && {
        failure: fault.column === undefined ? fault.detail : `${fault.column}: ${fault.detail}`,
      }),
    };
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    return { hash, differences: new Float64Array(0), others: 0, failed: nRows, failure: error.message };
  }
}

const WHAT: Readonly<Record<TaskName, string>> = {
  classes: 'classes',
  value: 'values',
  survival: 'probabilities',
};

/** The indices of the answered predictions among those of the challenger. */
function samePredictions(challenger: AnyScoringModel, { task, names: servedNames }: SentAnswers): number[] {
  const names = challenger.task === 'classes' ? challenger.classes : predictionNames(challenger);
  const places = servedNames.map((name) => names.indexOf(name));
  const isSame = challenger.task === task && names.length === places.length && !places.includes(-1);
  if (isSame) return places;
  const shown = (all: readonly string[]) =>
    all
      .slice(0, 10)
      .map((name) => JSON.stringify(name))
      .join(', ');
  throw new ChurnError(
    'invalid-data',
    `expected the ${WHAT[task]} ${shown(servedNames)} of the served model, got ${shown(names)}`,
  );
}
