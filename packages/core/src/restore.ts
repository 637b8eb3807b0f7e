import type { FittedClassifier } from './classifier.js';
import { ChurnError } from './error.js';
import type { FittedPart } from './model.js';
import type { FittedRegressor } from './regressor.js';
import { StateReader } from './state-reader.js';
import type { FittedSurvivalModel } from './survival-model.js';
import type { Role } from './target.js';
import type { FittedTransformer } from './transformer.js';

/** The fitted parts by role. */
export interface FittedByRole {
  readonly classifier: FittedClassifier;
  readonly regressor: FittedRegressor;
  readonly survival: FittedSurvivalModel;
  readonly transformer: FittedTransformer;
}

/** The names of the roles in messages. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  transformer: 'transformer',
  classifier: 'classifier',
  regressor: 'regressor',
  survival: 'survival model',
};

/** A class that can restore its fitted parts from their state. Transformers and models are such classes. */
export interface Restorable<F extends FittedPart = FittedPart> {
  readonly type: string;
  /**
   * @param classes the classes allowed for nested parts.
   * @throws `model-file` if `state` is not a state of this class.
   */
  restore(state: StateReader, classes: readonly Restorable[]): F;
}

/** A fitted part as a model file holds it. */
export type SavedPart = Pick<FittedPart, 'type' | 'state'>;

/** The content of a fitted part for a model file. */
export function savedPart({ type, state }: FittedPart): SavedPart {
  return { type, state };
}

/**
 * Restores a fitted part by the class in `classes` that it names.
 *
 * @param roles the allowed roles.
 * @throws `model-file` if no class of that name was given, the part has another role, or its state is damaged.
 */
export function restorePart<R extends Role>(
  saved: StateReader,
  classes: readonly Restorable[],
  ...roles: readonly [R, ...R[]]
): FittedByRole[R] {
  const type = saved.string('type');
  const restorable = classes.find((candidate) => candidate.type === type);
  if (!restorable) {
    const allowed = classes.map((candidate) => candidate.type).join(', ') || 'none';
    throw new ChurnError(
      'model-file',
      `the model needs the class ${JSON.stringify(type.slice(0, 60)).slice(1, -1)}, which is not allowed; allowed are ${allowed}`,
    );
  }
  const part = restorable.restore(new StateReader(type, saved.get('state')), classes);
  requireRole(part, roles, saved.owner);
  return part;
}

/** @throws `model-file` if a part has none of these roles. */
function requireRole<R extends Role>(
  part: FittedPart,
  roles: readonly R[],
  owner: string,
): asserts part is FittedByRole[R] {
  if ((roles as readonly Role[]).includes(part.role)) return;
  throw new ChurnError(
    'model-file',
    `${owner}: expected ${roles.map((role) => `a ${ROLE_NAMES[role]}`).join(' or ')}, got the ${ROLE_NAMES[part.role]} ${part.type}`,
  );
}
