import type { FittedClassifier } from './classifier.js';
import { ChurnError } from './error.js';
import { StateReader } from './state-reader.js';
import type { FittedTransformer } from './transformer.js';

/** A class that can rebuild what it once learned from its state. Transformers and classifiers are such classes. */
export interface Restorable<
  F extends FittedTransformer | FittedClassifier = FittedTransformer | FittedClassifier,
> {
  readonly type: string;
  /** @throws `model-file` where `state` is not what this class writes. */
  restore(state: StateReader): F;
}

/** A fitted part as a model file holds it. */
export type SavedPart = { readonly type: string; readonly state: FittedTransformer['state'] };

/** What of a fitted part goes into a model file. */
export function savedPart({ type, state }: FittedTransformer | FittedClassifier): SavedPart {
  return { type, state };
}

/**
 * Rebuilds a fitted part by the one of `classes` that it names.
 * @throws `model-file` where no class of that name was given, or the state is damaged.
 */
export function restorePart(
  saved: StateReader,
  classes: readonly Restorable[],
): FittedTransformer | FittedClassifier {
  const type = saved.string('type');
  const restorable = classes.find((candidate) => candidate.type === type);
  if (!restorable) {
    const allowed = classes.map((candidate) => candidate.type).join(', ') || 'none';
    throw new ChurnError(
      'model-file',
      `the model needs the class ${JSON.stringify(type.slice(0, 60)).slice(1, -1)}, which is not among those allowed: ${allowed}`,
    );
  }
  return restorable.restore(new StateReader(type, saved.get('state')));
}
