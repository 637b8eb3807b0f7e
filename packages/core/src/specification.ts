import { ChurnError } from './error.js';
import type { FittedPart } from './model.js';
import { shownName } from './parameter.js';
import type { Role } from './target.js';

const KINDS: Readonly<Record<string, string>> = {
  transformer: 'a transformer to be fitted',
  classifier: 'a classifier to be fitted',
  regressor: 'a regressor to be fitted',
  survival: 'a survival model to be fitted',
};

/**
 * Refuses what is no specification, such as a class, or a part that is fitted already.
 *
 * @param name the parameter that it was given as.
 * @param roles what it may be.
 * @throws `invalid-parameter`, saying what came.
 */
export function requireSpecification(part: unknown, name: string, roles: readonly Role[]): void {
  const { role, fit } = (part ?? {}) as { readonly role?: Role; readonly fit?: unknown };
  const expected = roles.length === 1 ? KINDS[roles[0]] : 'a model to be fitted';
  if (typeof fit === 'function' && role !== undefined && roles.includes(role)) return;
  throw new ChurnError('invalid-parameter', `${name}: expected ${expected}, got ${describePart(part)}`);
}

function describePart(part: unknown): string {
  if (typeof part === 'function') return `the class ${shownName(part)}; make one of it with new`;
  if (typeof part !== 'object' || part === null) return String(part);
  const { role, type, fit } = part as Partial<FittedPart> & { readonly fit?: unknown };
  if (typeof fit !== 'function' && type !== undefined) return `a fitted ${type}`;
  return role === undefined ? 'an object without a role' : `a ${role}`;
}
