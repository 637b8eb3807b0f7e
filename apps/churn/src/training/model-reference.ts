import { ChurnError, type FittedClassifier, type FittedPipeline } from '@churn/core';
import { type ReferenceProfile, referenceProfile, scoreReference } from '@churn/monitor';
import { permutationImportance, stratifiedSample } from '@churn/selection';
import type { Config } from '../config/config.js';
import { comparedColumns } from '../model/compared-columns.js';
import type { ModelReference } from '../model/training-record.js';
import type { Dataset } from './data.js';
import type { EvaluatedModel } from './evaluate.js';
import type { LabelledRows, Split } from './split.js';

/** The importance of each column is measured on so many test rows at most. */
const MEASURED_ROWS = 500;
/** The model is asked once a column: of wider tables that would take long. */
const MOST_COLUMNS = 500;

/**
 * What later rows will be compared with: the columns of all rows learned from but dates, and how each model scored the test rows.
 * @returns of each model, in their order.
 */
export function modelReferences(
  models: readonly EvaluatedModel[],
  { features, schema }: Pick<Dataset, 'features' | 'schema'>,
  { test }: Pick<Split, 'test'>,
  { seed }: Pick<Config, 'seed'>,
): ModelReference[] {
  const compared = comparedColumns(schema);
  const profile = referenceProfile(features.select(compared));
  return models.map(({ pipeline, threshold, evaluation }) => {
    const options = threshold ? { threshold: threshold.threshold } : {};
    const score = scoreReference(evaluation.probabilities, test.y, pipeline.classes, options);
    const reference: ReferenceProfile = { ...profile, score };
    return { reference, importances: columnImportances(pipeline, compared, test, seed) };
  });
}

/**
 * By how much the log loss of test rows rises when a column is shuffled; none where there are too many columns, or the model cannot work
 * with rows of values that did not come together.
 */
function columnImportances(
  pipeline: FittedPipeline<FittedClassifier>,
  columns: readonly string[],
  { x, y }: LabelledRows,
  seed: number,
): readonly number[] | undefined {
  if (x.names.length > MOST_COLUMNS) return undefined;
  const rows = stratifiedSample(y, { size: Math.min(y.length, MEASURED_ROWS), seed });
  try {
    const measured = permutationImportance(pipeline, x.take(rows), y.take(rows), {
      scoring: 'logLoss',
      nRepeats: 1,
      seed,
    });
    const importances = new Map(measured.map(({ feature, mean }) => [feature, Math.max(0, mean)]));
    return columns.map((name) => importances.get(name) ?? 0);
  } catch (error) {
    if (ChurnError.is(error)) return undefined;
    throw error;
  }
}
