import { version as packageVersion } from '../package.json';
import { ChurnError } from './error.js';
import { FittedPipeline } from './fitted-pipeline.js';
import { type Json, type JsonObject, MAX_LEVELS, nestsTooDeep } from './json.js';
import type { FittedPart } from './model.js';
import { requireParameter, shownName } from './parameter.js';
import { type FittedByRole, type Restorable, ROLE_NAMES, restorePart, savedPart } from './restore.js';
import { isPlainObject, StateReader } from './state-reader.js';
import { MODEL_ROLES, type Role } from './target.js';

const FORMAT = '@churn/model';

/** The format version that this package writes, and the newest that it reads. */
export const MODEL_FORMAT_VERSION = 2;

/** How a model was trained: any metadata to keep with it, such as data hash, seed and test metrics. */
export type TrainingRecord = JsonObject;

export interface LoadedModel<R extends Role = 'classifier'> {
  readonly model: FittedByRole[R];
  readonly training: TrainingRecord;
  /** SHA-256 of the file's content, as lower-case hexadecimal digits; it identifies the model. */
  readonly hash: string;
}

/**
 * The text of a model file: JSON with format, version, package version, training record, a hash over all of these, and the fitted part: a
 * pipeline with its input schema, or any other part. The same model always gives the same text.
 *
 * @throws `invalid-parameter` if `model` is not fitted; `model-file` if the state of a part contains a number that JSON cannot represent,
 * naming it, or is nested more than a hundred levels deep.
 */
export async function serializeModel(model: FittedPart, training: TrainingRecord = {}): Promise<string> {
  requireFitted(model);
  const content = {
    format: FORMAT,
    version: MODEL_FORMAT_VERSION,
    package: `@churn/core ${packageVersion}`,
    training,
    model: savedPart(model),
  };
  if (nestsTooDeep(content)) {
    throw new ChurnError(
      'model-file',
      `cannot save the model: it is nested more than ${MAX_LEVELS} levels deep`,
    );
  }
  assertFinite(content.training, 'training');
  assertFinite(content.model, 'model');
  return `${JSON.stringify({ ...content, hash: await sha256(JSON.stringify(content)) })}\n`;
}

/**
 * Reads the text of a model file. No code in it is executed; it can only refer to the given `classes`.
 *
 * @param classes the classes allowed in it besides pipelines, at any depth.
 * @param roles the allowed roles of the model; default `'classifier'`.
 * @throws `model-file` if the text is not a model file, holds a part of another role, was edited or truncated, is of a newer version,
 * names a class that was not given, is nested more than a hundred levels deep, or holds an invalid state.
 */
export async function parseModel<R extends Role = 'classifier'>(
  text: string,
  classes: readonly Restorable[],
  ...roles: readonly R[]
): Promise<LoadedModel<R>> {
  const { hash, ...content } = parseObject(text);
  if (content.format !== FORMAT) {
    throw new ChurnError(
      'model-file',
      'this is JSON, but not a model file: its "format" is not "@churn/model"',
    );
  }
  const { version } = content;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const shown = JSON.stringify(version)?.slice(0, 60) ?? 'nothing';
    throw new ChurnError('model-file', `expected a format version of at least 1, got ${shown}`);
  }
  if (version > MODEL_FORMAT_VERSION) {
    throw new ChurnError(
      'model-file',
      `format version ${version} is newer than this package reads (up to ${MODEL_FORMAT_VERSION}); update @churn/core`,
    );
  }
  // The hash is written last, so what precedes it need not be serialized again.
  const end = `,"hash":"${hash}"}\n`;
  const hashed = text.endsWith(end) ? `${text.slice(0, -end.length)}}` : JSON.stringify(content);
  if (typeof hash !== 'string' || hash !== (await sha256(hashed))) {
    throw new ChurnError(
      'model-file',
      'the hash does not match the content: the file is damaged or was edited',
    );
  }
  const file = new StateReader('model file', content);
  const training = file.get('training');
  if (!isPlainObject(training)) throw new ChurnError('model-file', 'expected "training" to be an object');
  requireClasses(classes);
  const wanted = roles.length > 0 ? roles : (['classifier'] as readonly Role[] as readonly R[]);
  const unknown = wanted.find((role) => !ROLES.includes(role));
  requireParameter(unknown === undefined, 'role', `one of ${ROLES.join(', ')}`, unknown);
  const allowed = [...classes, FittedPipeline];
  // Files of format version 1 hold a pipeline without saying so.
  const model =
    version === 1
      ? FittedPipeline.restore(file.child('model'), allowed)
      : restorePart(file.child('model'), allowed, ...ROLES);
  requireRole(model, wanted);
  return { model, training: training as TrainingRecord, hash };
}

const ROLES: readonly [Role, ...Role[]] = [...MODEL_ROLES, 'transformer'];

/** @throws `model-file` if the file holds a part of a role that was not requested. */
function requireRole<R extends Role>(part: FittedPart, roles: readonly R[]): asserts part is FittedByRole[R] {
  if ((roles as readonly Role[]).includes(part.role)) return;
  throw new ChurnError(
    'model-file',
    `model file.model: expected a ${roles.map((role) => ROLE_NAMES[role]).join(' or a ')}, got the ${ROLE_NAMES[part.role]} ${part.type}; pass '${part.role}' after the classes to allow it`,
  );
}

/** @throws `invalid-parameter` if `classes` is not a list of classes. */
function requireClasses(classes: unknown): void {
  const expected = 'a list of allowed classes, such as [StandardScaler, LogisticRegression]';
  requireParameter(Array.isArray(classes), 'classes', expected, classes);
  const wrong = (classes as readonly Partial<Restorable>[]).find(
    (each) => typeof each?.restore !== 'function' || typeof each.type !== 'string',
  );
  requireParameter(wrong === undefined, 'classes', 'classes, not instances of them', wrong);
}

/** @throws `invalid-parameter` if the value could not be restored from a model file. */
function requireFitted(part: unknown): asserts part is FittedPart {
  const { role, type, state, fit } = (part ?? {}) as Partial<FittedPart> & { readonly fit?: unknown };
  const isFitted = role !== undefined && typeof type === 'string' && isPlainObject(state);
  if (isFitted) return;
  const received =
    typeof fit === 'function'
      ? `${shownName(Object.getPrototypeOf(part)?.constructor ?? {})} that is not fitted; save what fit returns`
      : String(part);
  throw new ChurnError(
    'invalid-parameter',
    `model: expected a fitted pipeline, model or transformer, got ${received}`,
  );
}

/** JSON would write such a number as null, and the file could no longer be loaded. */
function assertFinite(value: Json, path: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ChurnError(
      'model-file',
      `cannot save the model: ${path} is ${value}, expected a finite number`,
    );
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) assertFinite(child, `${path}.${key}`);
}

function parseObject(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ChurnError('model-file', 'not a model file, or a truncated one: it is not valid JSON', {
      cause: error,
    });
  }
  if (!isPlainObject(parsed)) throw new ChurnError('model-file', 'not a model file: it is not a JSON object');
  if (nestsTooDeep(parsed)) {
    throw new ChurnError('model-file', `not a model file: it is nested more than ${MAX_LEVELS} levels deep`);
  }
  return parsed;
}

async function sha256(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
