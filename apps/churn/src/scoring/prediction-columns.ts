import type { TableSchema } from '@churn/core';
import type {
  AnyScoringModel,
  ScoringModel,
  SurvivalScoringModel,
  ValueScoringModel,
} from './scoring-model.js';

/** The number of reasons per row. */
export const REASONS = 3;

type Named = Pick<AnyScoringModel, 'predicts'>;

/**
 * The columns that a classifier adds to a row. For two classes: the probability of the second, the prediction as 1 or 0, and the threshold
 * of the row's group, if thresholds are by group. For more: the predicted class and the probability of each.
 */
export function predictionColumns({
  classes,
  predicts,
  byGroup,
}: Pick<ScoringModel, 'classes' | 'predicts' | 'byGroup'>): TableSchema {
  const probability = `${predicts}_probability`;
  const prediction = `${predicts}_prediction`;
  if (classes.length === 2) {
    return [
      { name: probability, kind: 'numeric' },
      { name: prediction, kind: 'numeric' },
      ...(byGroup ? [{ name: `${predicts}_threshold`, kind: 'numeric' as const }] : []),
    ];
  }
  return [
    { name: prediction, kind: 'category' },
    ...classes.map((each) => ({ name: `${probability}_${each}`, kind: 'numeric' as const })),
  ];
}

/** The column with the uplift of a treatment, if the model predicts it. */
export function upliftColumns(scoring: AnyScoringModel): TableSchema {
  const knows = scoring.task === 'classes' && scoring.uplift !== undefined;
  return knows ? [{ name: `${scoring.predicts}_uplift`, kind: 'numeric' }] : [];
}

/** The columns that a regression model adds to a row: the value, and the ends of its interval, if known. */
export function valueColumns({
  predicts,
  interval,
}: Pick<ValueScoringModel, 'predicts' | 'interval'>): TableSchema {
  const names = interval ? ['prediction', 'low', 'high'] : ['prediction'];
  return names.map((name) => ({ name: `${predicts}_${name}`, kind: 'numeric' }));
}

/**
 * The columns that a survival model adds to a row: the probability of the event within each horizon from now, and the expected and the
 * median time to the event.
 */
export function timeColumns({
  predicts,
  durations: { horizons },
}: Pick<SurvivalScoringModel, 'predicts' | 'durations'>): TableSchema {
  const names = [...horizons.map((horizon) => `within_${horizon}`), 'expected_time', 'median_time'];
  return names.map((name) => ({ name: `${predicts}_${name}`, kind: 'numeric' }));
}

/** The columns with the strongest reasons. */
export function reasonColumns({ predicts }: Named): TableSchema {
  return Array.from({ length: REASONS }, (_, i) => ({
    name: `${predicts}_reason_${i + 1}`,
    kind: 'category',
  }));
}

/** The column with warnings. */
export function warningsColumn({ predicts }: Named): TableSchema[number] {
  return { name: `${predicts}_warnings`, kind: 'category' };
}
