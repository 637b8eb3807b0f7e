import { ChurnError, type FittedModel, type FittedPipeline, type Target } from '@churn/core';
import { type PredictionReference, referenceProfile, type ScoreReference } from '@churn/monitor';
import { permutationImportance } from '@churn/selection';
import type { Config } from '../config/config.js';
import { comparedColumns } from '../model/compared-columns.js';
import type { ModelReference } from '../model/training-record.js';
import type { Task } from '../task/task.js';
import type { Dataset, LabelledRows, Split } from './dataset.js';

/** The maximum number of test rows for column importances. */
const MEASURED_ROWS = 500;
/** The maximum number of columns, since the model predicts once per column. */
const MAX_COLUMNS = 500;

/** An evaluated model. */
interface TriedModel {
  readonly pipeline: FittedPipeline<FittedModel>;
  /** Its scores on the test rows; `null` for regression and survival. */
  readonly score: ScoreReference | null;
  /** The predictions of a regression or survival model for test rows, if later ones are comparable. */
  readonly predicted?: PredictionReference | undefined;
}

/**
 * The references that new rows are compared with: the columns of all training rows except dates, and each model's predictions for test
 * rows.
 * @returns a reference per model, in order.
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
 * The increase of the loss on test rows when a column is shuffled; `undefined` if there are too many columns, or the model cannot predict
 * shuffled rows.
 */
function columnImportances<T extends Target>(
  task: Task<T>,
  pipeline: FittedPipeline<FittedModel>,
  columns: readonly string[],
  { x, y }: LabelledRows<T>,
  seed: number,
): readonly number[] | undefined {
  if (x.names.length > MAX_COLUMNS) return undefined;
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
