import { type LoadedModel, parseModel, type Restorable, type Role } from '@churn/core';
import { inFile } from './files/file-error.js';
import { readBytes } from './files/read-bytes.js';

/**
 * Loads a fitted pipeline, or any other fitted part, from a model file. Executes no code from the file, which can only name classes in `classes`.
 *
 * ```ts
 * const { model, training, hash } = await loadModel('churn.model.json', [MeanImputer, LogisticRegression]);
 * ```
 *
 * @param classes the classes allowed in the file besides pipelines, at any depth.
 * @param roles the allowed roles; default a classifier.
 * @throws `invalid-file` if the file cannot be read; `model-file`, naming the file, if it is not a model file, is modified or truncated,
 * has a newer version, or names a class that was not given.
 */
export async function loadModel<R extends Role = 'classifier'>(
  file: string,
  classes: readonly Restorable[],
  ...roles: readonly R[]
): Promise<LoadedModel<R>> {
  // Invalid UTF-8 becomes a replacement character, so the hash does not match.
  const text = new TextDecoder().decode(await readBytes(file));
  try {
    return await parseModel(text, classes, ...roles);
  } catch (error) {
    throw inFile(file, error);
  }
}
