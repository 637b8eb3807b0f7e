import { TargetValues, type TargetValuesLike } from './target-values.js';
import { Durations, type DurationsLike } from './durations.js';
import { ChurnError } from './error.js';
import { Labels, type LabelsLike } from './labels.js';
import { requireTable } from './require-table.js';

/** What a model learns to predict: the class of each row, an amount, or the time to an event. It says which by its `kind`. */
export type Target = Labels | TargetValues | Durations;

/** What a target can be given as. A plain list is read as what the model predicts. */
export type TargetLike<T extends Target = Target> =
  | T
  | (T extends Labels ? LabelsLike : T extends Durations ? DurationsLike : TargetValuesLike);

/** The roles of models. */
export const MODEL_ROLES = ['classifier', 'regressor', 'survival'] as const;

/**
 * What a part of a pipeline is for: it transforms tables, or predicts classes, numbers or the time to an
 * event.
 */
export type Role = 'transformer' | (typeof MODEL_ROLES)[number];

/** The role of a model that learns such a target. */
export type RoleOf<T extends Target> = T extends Labels
  ? 'classifier'
  : T extends Durations
    ? 'survival'
    : 'regressor';

/**
 * The target that a part of this role learns from; none for a transformer that was given none.
 * @throws `invalid-target` where `y` is missing or cannot be one.
 */
export function targetFor<T extends Target>(role: RoleOf<T>, y: TargetLike<T>): T;
export function targetFor(role: Role, y: TargetLike | undefined): Target | undefined;
export function targetFor(role: Role, y: TargetLike | undefined): Target | undefined {
  if (role === 'classifier') return Labels.from(y as LabelsLike);
  if (role === 'regressor') return TargetValues.from(y as TargetValuesLike);
  if (role === 'survival') return Durations.from(y as DurationsLike);
  if (y === undefined || isTarget(y)) return y;
  // Without a model there is nobody to say what a plain list is; supervised transformers encode by classes.
  return Labels.from(y as LabelsLike);
}

function isTarget(y: TargetLike): y is Target {
  return typeof y === 'object' && y !== null && 'kind' in y;
}

/**
 * Checks that there is a value of the target for each row of `x`.
 * @throws `invalid-data` where there is not.
 */
export function requireTargetPerRow(x: { readonly nRows: number }, y: Target): void {
  if (typeof x?.nRows !== 'number') requireTable(x);
  if (y.length === x.nRows) return;
  const what = y.kind === 'classes' ? 'labels' : y.kind;
  throw new ChurnError('invalid-data', `expected ${x.nRows} ${what}, one per row, got ${y.length}`);
}
