import { type FittedPipeline, serializeModel, type TrainingRecord } from '@churn/core';
import { writeFileAtomic } from './files/write-file-atomic.js';

/**
 * Saves a fitted pipeline to a model file: all of it or nothing.
 *
 * @param training how it was trained: whatever is worth keeping with it, such as the hash of the data and test figures.
 * @throws `invalid-file` where the file cannot be written.
 */
export async function saveModel(
  file: string,
  model: FittedPipeline,
  training?: TrainingRecord,
): Promise<void> {
  await writeFileAtomic(file, await serializeModel(model, training));
}
