import type { TableSchema } from '@churn/core';
import type {
  AnyScoringModel,
  ScoringModel,
  SurvivalScoringModel,
  ValueScoringModel,
} from './scoring-model.js';

/** How many reasons of a row are told. */
export const REASONS = 3;

type Named = Pick<AnyScoringModel, 'predicts'>;

/**
 * The columns that scoring adds to a row: of two classes the probability of the second and whether it is called, as
 * 1 or 0, with the threshold of the row's group where groups have their own; of more the class that is called, and the probability of each.
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

/** The column with the uplift of a treatment; none where the model does not tell it. */
export function upliftColumns(scoring: AnyScoringModel): TableSchema {
  const knows = scoring.task === 'classes' && scoring.uplift !== undefined;
  return knows ? [{ name: `${scoring.predicts}_uplift`, kind: 'numeric' }] : [];
}

/** The columns that scoring with a model of values adds to a row: the value, and the ends of its interval where that is known. */
export function valueColumns({
  predicts,
  interval,
}: Pick<ValueScoringModel, 'predicts' | 'interval'>): TableSchema {
  const names = interval ? ['prediction', 'low', 'high'] : ['prediction'];
  return names.map((name) => ({ name: `${predicts}_${name}`, kind: 'numeric' }));
}

/**
 * The columns that scoring with a model of times adds to a row: the probability that the event comes within each horizon from now on, and the
 * expected time until then with its median.
 */
export function timeColumns({
  predicts,
  durations: { horizons },
}: Pick<SurvivalScoringModel, 'predicts' | 'durations'>): TableSchema {
  const names = [...horizons.map((horizon) => `within_${horizon}`), 'expected_time', 'median_time'];
  return names.map((name) => ({ name: `${predicts}_${name}`, kind: 'numeric' }));
}

/** The columns with the strongest reasons of a row. */
export function reasonColumns({ predicts }: Named): TableSchema {
  return Array.from({ length: REASONS }, (_, i) => ({
    name: `${predicts}_reason_${i + 1}`,
    kind: 'category',
  }));
}

/** The column with what is odd about a row. */
export function warningsColumn({ predicts }: Named): TableSchema[number] {
  return { name: `${predicts}_warnings`, kind: 'category' };
}
