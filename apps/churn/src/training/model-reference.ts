import { ChurnError, type FittedModel, type FittedPipeline, type Target } from '@churn/core';
import { type PredictionReference, referenceProfile, type ScoreReference } from '@churn/monitor';
import { permutationImportance } from '@churn/selection';
import type { Config } from '../config/config.js';
import { comparedColumns } from '../model/compared-columns.js';
import type { ModelReference } from '../model/training-record.js';
import type { Task } from '../task/task.js';
import type { Dataset, LabelledRows, Split } from './dataset.js';

/** The importance of each column is measured on so many test rows at most. */
const MEASURED_ROWS = 500;
/** The model is asked once a column: of wider tables that would take long. */
const MOST_COLUMNS = 500;

/** What is known of a model when it has been tried. */
interface TriedModel {
  readonly pipeline: FittedPipeline<FittedModel>;
  /** How it scored the test rows; `null` of a model of values or times. */
  readonly score: ScoreReference | null;
  /** What a model of values or times predicted of them, where later predictions can be compared with that. */
  readonly predicted?: PredictionReference | undefined;
}

/**
 * What later rows will be compared with: the columns of all rows learned from but dates, and what each model predicted of the test rows.
 * @returns of each model, in their order.
 */
export function modelReferences<T extends Target>(
  task: Task<T>,
  models: readonly TriedModel[],
  { features, schema }: Pick<Dataset<T>, 'features' | 'schema'>,
  { test }: Pick<Split<T>, 'test'>,
  { seed }: Pick<Config, 'seed'>,
): ModelReference[] {
  const compared = comparedColumns(schema);
  const profile = referenceProfile(features.select(compared));
  return models.map(({ pipeline, score, predicted }) => ({
    reference: { ...profile, score, ...(predicted && { predicted }) },
    importances: columnImportances(task, pipeline, compared, test, seed),
  }));
}

/**
 * By how much the loss of test rows rises when a column is shuffled; none if there are too many columns, or the model cannot work with
 * rows of values that did not come together.
 */
function columnImportances<T extends Target>(
  task: Task<T>,
  pipeline: FittedPipeline<FittedModel>,
  columns: readonly string[],
  { x, y }: LabelledRows<T>,
  seed: number,
): readonly number[] | undefined {
  if (x.names.length > MOST_COLUMNS) return undefined;
  const rows = task.sample(y, { size: Math.min(y.length, MEASURED_ROWS), seed });
  try {
    const measured = permutationImportance(pipeline, x.take(rows), y.take(rows), {
      scoring: task.loss,
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
