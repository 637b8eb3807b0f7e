import {
  ChurnError,
  type ColumnKind,
  type FittedByRole,
  type FittedClassifier,
  type FittedModel,
  type FittedRegressor,
  type Restorable,
  requireParameter,
  restorePart,
  type StateReader,
  type TableSchema,
} from '@churn/core';

/** The columns that an ensemble needs. */
export interface MemberColumns {
  readonly features: readonly string[];
  /** Missing where the kind of some column is not known. */
  readonly schema: TableSchema | undefined;
}

/**
 * The columns of all members, in order of first appearance.
 * @throws `invalid-parameter` if two members take a column for different kinds.
 */
export function memberColumns(members: readonly FittedModel[]): MemberColumns {
  const kinds = new Map<string, ColumnKind | undefined>();
  for (const member of members) {
    for (const name of member.features) if (!kinds.has(name)) kinds.set(name, undefined);
    for (const { name, kind } of member.schema ?? []) {
      const known = kinds.get(name);
      if (known !== undefined && known !== kind) {
        throw new ChurnError(
          'invalid-parameter',
          `members: expected column "${name}" to be of one kind for all of them, got ${known} and ${kind}`,
        );
      }
      kinds.set(name, kind);
    }
  }
  const features = [...kinds.keys()];
  const schema = features.flatMap((name) => {
    const kind = kinds.get(name);
    return kind ? [{ name, kind }] : [];
  });
  return { features, schema: schema.length === features.length ? schema : undefined };
}

/**
 * The members of an ensemble in a state.
 * @throws `model-file` if there is none, one is damaged or of another class, or they do not go together.
 */
export function restoredMembers<R extends 'classifier' | 'regressor'>(
  state: StateReader,
  classes: readonly Restorable[],
  role: R,
): FittedByRole[R][] {
  const members = state.children('members').map((member) => restorePart(member, classes, role));
  state.expect(members.length > 0, 'members', 'one or more');
  try {
    if (role === 'classifier') requireMembers(members as FittedClassifier[]);
    memberColumns(members);
  } catch (error) {
    throw new ChurnError('model-file', `${state.owner}: ${(error as Error).message.slice(0, 200)}`, {
      cause: error,
    });
  }
  return members;
}

/** @throws `invalid-parameter` if a member is no fitted classifier, or has other classes than the first, or another order of them. */
export function requireMembers(members: readonly FittedClassifier[]): void {
  const isSome = Array.isArray(members) && members.length > 0;
  requireParameter(isSome, 'members', 'one or more fitted classifiers', members);
  members.forEach((member, i) => {
    const isFitted = member?.role === 'classifier' && typeof member.predictProba === 'function';
    requireParameter(isFitted, `members[${i}]`, 'a fitted classifier', member);
    const { classes } = members[0];
    const { classes: own } = member;
    const areSame = own.length === classes.length && own.every((label, k) => label === classes[k]);
    requireParameter(areSame, `members[${i}]`, `a classifier of the classes ${classes.join(', ')}`, own);
  });
}

/** @throws `invalid-parameter` if a member is no fitted regressor. */
export function requireRegressors(members: readonly FittedRegressor[]): void {
  const isSome = Array.isArray(members) && members.length > 0;
  requireParameter(isSome, 'members', 'one or more fitted regressors', members);
  members.forEach((member, i) => {
    const isFitted = member?.role === 'regressor' && typeof member.predict === 'function';
    requireParameter(isFitted, `members[${i}]`, 'a fitted regressor', member);
  });
}
