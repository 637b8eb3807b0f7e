import type { Cell } from '@churn/core';
import type { ScoringModel } from './scoring-model.js';

const REASONS = [1, 2, 3];

type Predicting = Pick<ScoringModel, 'classes' | 'predicts'>;

/**
 * The names of the columns that scoring adds to a row: of two classes the probability of the second and whether it is called, as
 * 1 or 0; of more the class that is called, and the probability of each.
 */
export function predictionColumns({ classes, predicts }: Predicting): string[] {
  return classes.length === 2
    ? [`${predicts}_probability`, `${predicts}_prediction`]
    : [`${predicts}_prediction`, ...classes.map((each) => `${predicts}_probability_${each}`)];
}

/** The names of the columns with the strongest reasons of a row. */
export function reasonColumns({ predicts }: Predicting): string[] {
  return REASONS.map((i) => `${predicts}_reason_${i}`);
}

/** Whether a column that scoring adds holds text, and not numbers. */
export function isTextColumn(predicting: Predicting, name: string): boolean {
  const { classes, predicts } = predicting;
  return (
    reasonColumns(predicting).includes(name) || (classes.length > 2 && name === `${predicts}_prediction`)
  );
}

/** What the columns of `predictionColumns` hold, by the probabilities of the classes and the class that each row is called. */
export function predictionCells(
  { classes }: Predicting,
  probabilities: readonly Float64Array[],
  called: Int32Array,
): Cell[][] {
  return classes.length === 2
    ? [Array.from(probabilities[1]), Array.from(called)]
    : [Array.from(called, (code) => classes[code]), ...probabilities.map((column) => Array.from(column))];
}
