import { ChurnError } from './error.js';

/**
 * Refuses a parameter that is not what it must be.
 * @throws `invalid-parameter`, naming the parameter, what was expected and what came.
 */
export function requireParameter(isValid: boolean, name: string, expected: string, came: unknown): void {
  if (isValid) return;
  const shown = typeof came === 'number' ? String(came) : (JSON.stringify(came) ?? String(came));
  throw new ChurnError('invalid-parameter', `${name}: expected ${expected}, got ${shown.slice(0, 80)}`);
}
