import { ChurnError, type Column, Table } from '@churn/core';
import { scoreRows } from '../scoring/score-rows.js';
import type { ScoringModel } from '../scoring/scoring-model.js';

/** Rows that were answered, and what was answered, as threads send them to each other. */
export interface SentAnswers {
  readonly columns: readonly (readonly [string, Column])[];
  readonly nRows: number;
  readonly classes: readonly string[];
  /** An array a class. */
  readonly probabilities: readonly Float64Array[];
  /** The class that each row was called, as its place among the classes. */
  readonly called: Int32Array;
}

/** How a challenger differs from what was answered. */
export interface ShadowComparison {
  /** Of the model file of the challenger. */
  readonly hash: string;
  /** Of each row that it could score, half the sum of the absolute differences of the probabilities: of two classes, that of the second. */
  readonly differences: Float64Array;
  /** How many of these rows it calls another class. */
  readonly others: number;
  /** How many rows it could not score. */
  readonly failed: number;
  /** Why, of one of them. */
  readonly failure?: string;
}

/** Scores answered rows with a challenger; that it cannot is no error, but told. */
export function compareAnswers(challenger: ScoringModel, answers: SentAnswers): ShadowComparison {
  const { columns, nRows, called } = answers;
  const { hash } = challenger;
  try {
    const codes = sameClasses(challenger, answers);
    const { predictions: probabilities, ...scored } = scoreRows(
      challenger,
      Table.fromColumns(columns, nRows),
    );
    const decided = challenger.decide(probabilities);
    const differences = new Float64Array(scored.rows.length);
    let others = 0;
    scored.rows.forEach((row, i) => {
      const difference = (code: number) =>
        Math.abs(probabilities[codes[code]][i] - answers.probabilities[code][row]);
      // Exactly none where both are the same: the first of two was rounded.
      differences[i] =
        codes.length === 2 ? difference(1) : codes.reduce((sum, _, code) => sum + difference(code), 0) / 2;
      if (decided[i] !== codes[called[row]]) others++;
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

/** Where the classes of the answers stand among those of the challenger. */
function sameClasses({ classes }: ScoringModel, answers: SentAnswers): number[] {
  const codes = answers.classes.map((label) => classes.indexOf(label));
  if (classes.length === codes.length && !codes.includes(-1)) return codes;
  const shown = (labels: readonly string[]) =>
    labels
      .slice(0, 10)
      .map((label) => JSON.stringify(label))
      .join(', ');
  throw new ChurnError(
    'invalid-data',
    `expected the classes ${shown(answers.classes)} of the model that is served, got ${shown(classes)}`,
  );
}
