import { ChurnError } from './error.js';
import { didYouMean } from './similar-name.js';

/**
 * Refuses a parameter that is not what it must be.
 * @param choices the names that it may be, to suggest the one that was meant.
 * @throws `invalid-parameter`, naming the parameter, what was expected and what came.
 */
export function requireParameter(
  isValid: boolean,
  name: string,
  expected: string,
  came: unknown,
  choices: readonly string[] = [],
): void {
  if (isValid) return;
  throw new ChurnError(
    'invalid-parameter',
    `${name}: expected ${expected}, got ${shown(came).slice(0, 80)}${didYouMean(came, choices)}`,
  );
}

/** What a class or function is called: bundlers rename some, which then begin with `_`. */
export function shownName(came: object): string {
  const { name, type } = came as { readonly name: string; readonly type?: unknown };
  return typeof type === 'string' ? type : name.replace(/^_/, '');
}

function shown(came: unknown): string {
  if (typeof came === 'number' || typeof came === 'bigint') return String(came);
  if (typeof came === 'function')
    return came.name ? `the function or class ${shownName(came)}` : 'a function';
  if (came instanceof Promise) return 'a promise; await it';
  try {
    return (
      JSON.stringify(came, (_, value) => (typeof value === 'function' ? shown(value) : value)) ?? String(came)
    );
  } catch {
    // It holds itself, or a bigint.
    return Object.prototype.toString.call(came);
  }
}
