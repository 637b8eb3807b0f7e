import { ChurnError, type Column, Table } from '@churn/core';
import type { TaskName } from '../config/target.js';
import { monitoredPredictions, predictionNames } from '../monitoring/monitored-predictions.js';
import { scoreRows } from '../scoring/score-rows.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';

/** Rows that were answered, and what was answered, as threads send them to each other. */
export interface SentAnswers {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
  readonly task: TaskName;
  /** The classes, or what else each of the predictions is of. */
  readonly names: readonly string[];
  /** An array for each of them. */
  readonly predictions: readonly Float64Array[];
  /** The class that each row was called, as its place among the classes; empty if there are none. */
  readonly called: Int32Array;
  /** What differences of values are told in: 1, or the deviation of the values predicted of test rows. */
  readonly unit: number;
}

/** How a challenger differs from what was answered. */
export interface ShadowComparison {
  /** Of the model file of the challenger. */
  readonly hash: string;
  /**
   * Of each row that it could score, half the sum of the absolute differences of the probabilities: of two classes, that of the second. Of times the
   * absolute difference of the probability within the last horizon, of values that in units of `unit`.
   */
  readonly differences: Float64Array;
  /** How many of these rows it calls another class. */
  readonly others: number;
  /** How many rows it could not score. */
  readonly failed: number;
  /** Why, of one of them. */
  readonly failure?: string;
}

/** Scores answered rows with a challenger; that it cannot is no error, but told. */
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
      // Of two classes exactly none where both are the same: the first was rounded.
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

/** Where what was answered stands among what the challenger predicts. */
function samePredictions(challenger: AnyScoringModel, { task, names: asked }: SentAnswers): number[] {
  const names = challenger.task === 'classes' ? challenger.classes : predictionNames(challenger);
  const places = asked.map((name) => names.indexOf(name));
  const isSame = challenger.task === task && names.length === places.length && !places.includes(-1);
  if (isSame) return places;
  const shown = (all: readonly string[]) =>
    all
      .slice(0, 10)
      .map((name) => JSON.stringify(name))
      .join(', ');
  throw new ChurnError(
    'invalid-data',
    `expected the ${WHAT[task]} ${shown(asked)} of the model that is served, got ${shown(names)}`,
  );
}
