import { type FittedPart, serializeModel, type TrainingRecord } from '@churn/core';
import { writeFileAtomic } from './files/write-file-atomic.js';

/**
 * Saves a fitted pipeline, or any other fitted part, to a model file: all of it or nothing.
 *
 * @param training how it was trained: whatever is worth keeping with it, such as the hash of the data and test figures.
 * @throws `invalid-file` if the file cannot be written; `invalid-parameter` for what is not fitted.
 */
export async function saveModel(file: string, model: FittedPart, training?: TrainingRecord): Promise<void> {
  await writeFileAtomic(file, await serializeModel(model, training));
}
