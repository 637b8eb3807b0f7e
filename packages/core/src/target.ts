import { Durations, type DurationsLike } from './durations.js';
import { ChurnError } from './error.js';
import { Labels, type LabelsLike } from './labels.js';
import { requireTable } from './require-table.js';
import { TargetValues, type TargetValuesLike } from './target-values.js';

/** The target of a model: the class of each row, a number, or the time to an event; `kind` says which. */
export type Target = Labels | TargetValues | Durations;

/** The accepted forms of a target. A plain list is read as what the model predicts. */
export type TargetLike<T extends Target = Target> =
  | T
  | (T extends Labels ? LabelsLike : T extends Durations ? DurationsLike : TargetValuesLike);

/** The roles of models. */
export const MODEL_ROLES = ['classifier', 'regressor', 'survival'] as const;

/** The role of a part of a pipeline: it transforms tables, or predicts classes, numbers or the time to an event. */
export type Role = 'transformer' | (typeof MODEL_ROLES)[number];

/** The role of a model with such a target. */
export type RoleOf<T extends Target> = T extends Labels
  ? 'classifier'
  : T extends Durations
    ? 'survival'
    : 'regressor';

/**
 * The target for a part of this role; none for a transformer without a target.
 * @throws `invalid-target` if `y` is missing or invalid.
 */
export function targetFor<T extends Target>(role: RoleOf<T>, y: TargetLike<T>): T;
export function targetFor(role: Role, y: TargetLike | undefined): Target | undefined;
export function targetFor(role: Role, y: TargetLike | undefined): Target | undefined {
  if (role === 'classifier') return Labels.from(y as LabelsLike);
  if (role === 'regressor') return TargetValues.from(y as TargetValuesLike);
  if (role === 'survival') return Durations.from(y as DurationsLike);
  if (y === undefined || isTarget(y)) return y;
  // Without a model, a plain list is read as classes, as supervised transformers need.
  return Labels.from(y as LabelsLike);
}

function isTarget(y: TargetLike): y is Target {
  return typeof y === 'object' && y !== null && 'kind' in y;
}

/**
 * Checks that there is one target value per row of `x`.
 * @throws `invalid-data` if not.
 */
export function requireTargetPerRow(x: { readonly nRows: number }, y: Target): void {
  if (typeof x?.nRows !== 'number') requireTable(x);
  if (y.length === x.nRows) return;
  const what = y.kind === 'classes' ? 'labels' : y.kind;
  throw new ChurnError('invalid-data', `expected ${x.nRows} ${what}, one per row, got ${y.length}`);
}
