import { ChurnError } from './error.js';
import type { FittedPart } from './model.js';
import { shownName } from './parameter.js';
import type { Role } from './target.js';

const KINDS: Readonly<Record<string, string>> = {
  transformer: 'an unfitted transformer',
  classifier: 'an unfitted classifier',
  regressor: 'an unfitted regressor',
  survival: 'an unfitted survival model',
};

/**
 * Rejects anything but a specification, such as a class or a fitted part.
 *
 * @param name the name of the parameter.
 * @param roles the allowed roles.
 * @throws `invalid-parameter`, saying what was received.
 */
export function requireSpecification(part: unknown, name: string, roles: readonly Role[]): void {
  const { role, fit } = (part ?? {}) as { readonly role?: Role; readonly fit?: unknown };
  const expected = roles.length === 1 ? KINDS[roles[0]] : 'an unfitted model';
  if (typeof fit === 'function' && role !== undefined && roles.includes(role)) return;
  throw new ChurnError('invalid-parameter', `${name}: expected ${expected}, got ${describePart(part)}`);
}

function describePart(part: unknown): string {
  if (typeof part === 'function') return `the class ${shownName(part)}; create an instance with new`;
  if (typeof part !== 'object' || part === null) return String(part);
  const { role, type, fit } = part as Partial<FittedPart> & { readonly fit?: unknown };
  if (typeof fit !== 'function' && type !== undefined) return `a fitted ${type}`;
  return role === undefined ? 'an object without a role' : `a ${role}`;
}
