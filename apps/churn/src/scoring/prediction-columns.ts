import type { Cell, TableSchema } from '@churn/core';
import type { ScoringModel } from './scoring-model.js';

/** How many reasons of a row are told. */
export const REASONS = 3;

type Predicting = Pick<ScoringModel, 'classes' | 'predicts'>;

/**
 * The columns that scoring adds to a row: of two classes the probability of the second and whether it is called, as
 * 1 or 0; of more the class that is called, and the probability of each.
 */
export function predictionColumns({ classes, predicts }: Predicting): TableSchema {
  const probability = `${predicts}_probability`;
  const prediction = `${predicts}_prediction`;
  if (classes.length === 2) {
    return [
      { name: probability, kind: 'numeric' },
      { name: prediction, kind: 'numeric' },
    ];
  }
  return [
    { name: prediction, kind: 'category' },
    ...classes.map((each) => ({ name: `${probability}_${each}`, kind: 'numeric' as const })),
  ];
}

/** The columns with the strongest reasons of a row. */
export function reasonColumns({ predicts }: Predicting): TableSchema {
  return Array.from({ length: REASONS }, (_, i) => ({
    name: `${predicts}_reason_${i + 1}`,
    kind: 'category',
  }));
}

/** The column with what is odd about a row. */
export function warningsColumn({ predicts }: Predicting): TableSchema[number] {
  return { name: `${predicts}_warnings`, kind: 'category' };
}

/** What the columns of `predictionColumns` hold, by the probabilities of the classes and the class that each row is called. */
export function predictionCells(
  { classes }: Predicting,
  probabilities: readonly Float64Array[],
  called: Int32Array,
): ArrayLike<Cell>[] {
  return classes.length === 2
    ? [probabilities[1], called]
    : [Array.from(called, (code) => classes[code]), ...probabilities];
}
