import { type FittedPart, serializeModel, type TrainingRecord } from '@churn/core';
import { writeFileAtomic } from './files/write-file-atomic.js';

/**
 * Saves a fitted pipeline, or any other fitted part, to a model file, atomically.
 *
 * @param training a record of the training, such as the hash of the data and test metrics.
 * @throws `invalid-file` if the file cannot be written; `invalid-parameter` for an unfitted part.
 */
export async function saveModel(file: string, model: FittedPart, training?: TrainingRecord): Promise<void> {
  await writeFileAtomic(file, await serializeModel(model, training));
}
